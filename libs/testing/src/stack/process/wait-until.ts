import { setTimeout as delay } from 'node:timers/promises';

export interface Patience {
  readonly timeoutMs: number;
  readonly everyMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks again and again until there is an answer: for what tells nobody when it happens, such as a file of another
 * process. Where there is an event, wait for the event.
 *
 * @returns the answer; undefined when the time is over.
 * @throws the signal's reason once it is aborted.
 */
export async function waitUntil<T>(
  ask: () => Promise<T | undefined>,
  { timeoutMs, everyMs = 10, signal }: Patience,
): Promise<T | undefined> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined || performance.now() >= end) return answer;
    await delay(everyMs);
  }
}
