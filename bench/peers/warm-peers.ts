import { makeSecret } from '@valetkey/credentials';
import type { Contender } from '../harness/contender.ts';
import { writeRecords } from '../harness/records.ts';
import type { Bench } from '../harness/scenario.ts';
import { startBareFastify } from './bare-fastify.ts';
import { getSession, startBetterAuth, verifyApiKey } from './better-auth/better-auth.ts';
import { migrateBetterAuth } from './better-auth/migrate.ts';
import { seedApiKeys, seedSessions } from './better-auth/seed.ts';
import { startOidcProvider } from './oidc-provider/oidc-provider.ts';

export interface Sizes {
  tokens: number;
  /** The answer that the bare server gives. */
  answer: object;
}

/** Every peer of a warm check, each with as many tokens of its own. */
export async function startWarmPeers(bench: Bench, { tokens, answer }: Sizes): Promise<Contender[]> {
  const secrets = Array.from({ length: tokens }, () => makeSecret('vks'));
  const bare = await startBareFastify(answer, await writeRecords(bench.folder, 'bare', secrets));
  bench.started.defer(bare.stop);
  const oidcProvider = await startOidcProvider(bench.folder, tokens);
  bench.started.defer(oidcProvider.stop);
  return [bare, oidcProvider, ...(await startBetterAuthPeers(bench, tokens))];
}

async function startBetterAuthPeers({ postgres, folder, started }: Bench, tokens: number): Promise<Contender[]> {
  const databaseUrl = await postgres.createDatabase('better_auth_warm');
  await migrateBetterAuth(databaseUrl);
  const keys = await writeRecords(folder, 'api-keys', await seedApiKeys(databaseUrl, tokens));
  const cookies = await writeRecords(folder, 'cookies', await seedSessions(databaseUrl, tokens));
  const server = await startBetterAuth(databaseUrl);
  started.defer(server.stop);
  return [verifyApiKey(server, keys), getSession(server, cookies)];
}
