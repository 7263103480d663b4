import { BARE } from '../harness/contender-name.ts';
import type { Contender } from '../harness/contender.ts';
import { startChildServer, type ChildServer } from '../harness/child-server.ts';
import { introspectionQuestion } from '../platform/introspection-question.ts';
import type { Records } from '../harness/load/load.ts';

/** @param answer what it answers: the very answer our side gives, so that the sizes are the same */
export async function startBareFastify(answer: object, records: Records): Promise<Contender & ChildServer> {
  const server = await startChildServer(new URL('bare-fastify.server.ts', import.meta.url), [JSON.stringify(answer)]);
  const expected = JSON.stringify(answer);
  return {
    name: BARE,
    question: introspectionQuestion({ clientId: crypto.randomUUID(), clientSecret: 'x'.repeat(53) }),
    records,
    accepts: (body) => body === expected,
    ...server,
  };
}
