import type { Contender } from '../harness/contender.ts';
import { VERIFY_API_KEY } from '../harness/contender-name.ts';
import { compared } from '../harness/figures.ts';
import { writeRecords } from '../harness/records.ts';
import { httpRacer, type Plan } from '../harness/http-racer.ts';
import { measureInTurn } from '../harness/rounds.ts';
import type { Bench, Scenario } from '../harness/scenario.ts';
import { startBetterAuth, verifyApiKey } from '../peers/better-auth/better-auth.ts';
import { migrateBetterAuth } from '../peers/better-auth/migrate.ts';
import { seedApiKeys } from '../peers/better-auth/seed.ts';
import { startIntrospection } from '../platform/introspection.ts';

const TOKENS = 1_000_000;
const ROUNDS = 5;
const PLAN: Plan = { connections: 32, warmUpSeconds: 4, seconds: 5, once: true };

const BARS = [{ id: 'S2.verifyApiKey', what: 'cold introspection, a million tokens', peer: VERIFY_API_KEY, bar: 4 }];

/** S2: a million stored tokens, none asked for twice. */
export const coldIntrospection: Scenario = async (bench) => {
  const ours = bench.platform && (await startIntrospection(bench.platform, bench.folder, TOKENS));
  const peer = await startPeer(bench);
  const racers = (ours ? [ours, peer] : [peer]).map((each) => httpRacer(each, bench.generator, PLAN));
  return compared('S2', await measureInTurn(racers, ROUNDS), BARS);
};

async function startPeer({ postgres, folder, started }: Bench): Promise<Contender> {
  const databaseUrl = await postgres.createDatabase('better_auth_cold');
  await migrateBetterAuth(databaseUrl);
  const keys = await writeRecords(folder, 'cold-api-keys', await seedApiKeys(databaseUrl, TOKENS));
  const server = await startBetterAuth(databaseUrl);
  started.defer(server.stop);
  return verifyApiKey(server, keys);
}
