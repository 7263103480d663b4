import { send } from '../harness/send.ts';
import { introspectionQuestion, type ClientCredentials } from './introspection-question.ts';

/** Asks a gateway once (RFC 7662); for load there is the generator. */
export async function introspect(
  gateway: string,
  client: ClientCredentials,
  token: string,
): Promise<{ active: boolean; scope?: string }> {
  const question = introspectionQuestion(client);
  const answer = await send(gateway, { ...question, body: `token=${token}` });
  if (answer.status !== 200) throw new Error(`Introspection answered ${answer.status} ${answer.body}`);
  return JSON.parse(answer.body);
}
