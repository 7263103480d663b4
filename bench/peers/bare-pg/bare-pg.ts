import { makeSecret } from '@valetkey/credentials';
import { startChildServer } from '../../harness/child-server.ts';
import { BARE_PG } from '../../harness/contender-name.ts';
import type { Plan } from '../../harness/http-racer.ts';
import type { Round } from '../../harness/load/load.ts';
import type { Racer } from '../../harness/racer.ts';
import { writeRecords } from '../../harness/records.ts';
import type { Bench } from '../../harness/scenario.ts';
import { createRedemptionTables } from './create-tables.ts';

/** Redemptions by a bare `pg` client on as many connections as the others have. */
export async function startBarePg(bench: Bench, loginTokens: number, plan: Plan): Promise<Racer> {
  const tokens = Array.from({ length: loginTokens }, () => makeSecret('vkl'));
  const records = await writeRecords(bench.folder, 'bare-pg', tokens);
  const databaseUrl = await bench.postgres.createDatabase('bare_pg');
  await createRedemptionTables(databaseUrl, tokens);
  const args = [databaseUrl, records.path, String(plan.connections)];
  const server = await startChildServer(new URL('bare-pg.server.ts', import.meta.url), args);
  bench.started.defer(server.stop);
  const run = async (seconds: number): Promise<Round> => {
    const response = await fetch(new URL(`/run?seconds=${seconds}`, server.url), { method: 'POST' });
    if (!response.ok) throw new Error(`${BARE_PG}: ${await response.text()}`);
    return JSON.parse(await response.text());
  };
  return { name: BARE_PG, warmUp: async () => void (await run(plan.warmUpSeconds)), round: () => run(plan.seconds) };
}
