import { withClient } from '../../harness/with-client.ts';
import type { Platform } from '../../platform/platform.ts';

/** The id in the middle of a table, by time. */
export async function middleOf({ tokensDatabaseUrl }: Platform, table: 'login_tokens' | 'sessions'): Promise<string> {
  return withClient(tokensDatabaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM ${table} ORDER BY id OFFSET (SELECT count(*) / 2 FROM ${table}) LIMIT 1`,
    );
    const [row] = rows;
    if (!row) throw new Error(`${table} is empty`);
    return row.id;
  });
}
