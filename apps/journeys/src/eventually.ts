import { waitUntil } from '@valetkey/testing/stack';

/** What comes about by itself, soon: asks until there is an answer, and says what it waited for if none comes in 10 s. */
export async function eventually<Answer>(what: string, ask: () => Promise<Answer | undefined>): Promise<Answer> {
  const answer = await waitUntil(ask, { timeoutMs: 10_000, everyMs: 20 });
  if (answer === undefined) throw new Error(`In vain it was waited for: ${what}`);
  return answer;
}
