import { Client } from 'pg';
import type { Platform } from './start-platform.ts';

/** Does something while a service lacks one of its tables: a fault of ours that no client can cause. */
export async function withoutTable(
  { databases }: Platform,
  [service, table]: readonly [service: string, table: string],
  work: () => Promise<void>,
): Promise<void> {
  const client = new Client({ connectionString: databases[service] });
  await client.connect();
  try {
    await client.query(`ALTER TABLE ${table} RENAME TO away`);
    await work();
    await client.query(`ALTER TABLE away RENAME TO ${table}`);
  } finally {
    await client.end();
  }
}
