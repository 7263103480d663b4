import type { Contender } from '../harness/contender.ts';
import { OURS } from '../harness/contender-name.ts';
import { writeRecords } from '../harness/records.ts';
import { introspect } from './introspect.ts';
import { introspectionQuestion } from './introspection-question.ts';
import type { Platform } from './platform.ts';
import { seedSessions } from './seed-sessions.ts';

/** Our side of S1 and S2: sessions that live in the database, and introspection at the first gateway. */
export async function startIntrospection(
  platform: Platform,
  folder: string,
  sessions: number,
): Promise<Contender & { answer: object }> {
  const url = platform.gateways[0];
  const records = await writeRecords(folder, `sessions-${sessions}`, await seedSessions(platform, sessions));
  return {
    name: OURS,
    url,
    question: introspectionQuestion(platform.resourceServer),
    records,
    accepts: (body) => body.startsWith('{"active":true'),
    answer: await introspect(url, platform.resourceServer, records.sample[0] ?? ''),
  };
}
