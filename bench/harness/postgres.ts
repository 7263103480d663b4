import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '@valetkey/testing/stack';
import { withClient } from './with-client.ts';

/** As durable as PostgreSQL is by default (which `fsync` and `synchronous_commit` are not in tests), with memory for a million rows. */
const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '1GB',
  max_wal_size: '4GB',
};

/** The one PostgreSQL server that every contender of a run uses, as it would be set up in production. */
export async function startProductionPostgres(folder: string): Promise<Postgres> {
  const options = {
    ephemeral: false,
    dataDir: join(folder, 'postgres'),
    password: randomBytes(16).toString('base64url'),
  } as const;
  const untuned = await startPostgres(options);
  await tune(untuned.url());
  await untuned.stop();
  return startPostgres(options);
}

async function tune(url: string): Promise<void> {
  await withClient(url, async (client) => {
    for (const [name, value] of Object.entries(SETTINGS)) await client.query(`ALTER SYSTEM SET ${name} = '${value}'`);
  });
}
