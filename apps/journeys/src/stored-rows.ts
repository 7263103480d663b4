import { Client } from 'pg';
import type { Platform } from './start-platform.ts';

export interface StoredRow {
  /** `<service>.<table>` */
  table: string;
  /** The whole row as text. */
  text: string;
}

/** Every row of every table of every service. */
export async function storedRows({ databases }: Platform): Promise<StoredRow[]> {
  const found = await Promise.all(Object.entries(databases).map(([service, url]) => rowsOf(service, url)));
  return found.flat();
}

async function rowsOf(service: string, connectionString: string): Promise<StoredRow[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_stat_user_tables ORDER BY relname`,
    );
    const rows: StoredRow[] = [];
    for (const { name } of tables.rows) {
      const found = await client.query<{ text: string }>(`SELECT t::text AS text FROM "${name}" t`);
      rows.push(...found.rows.map(({ text }) => ({ table: `${service}.${name}`, text })));
    }
    return rows;
  } finally {
    await client.end();
  }
}
