import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Whether the account has this token. */
export async function loginTokenExists(em: EntityManager, accountId: string, id: string): Promise<boolean> {
  const rows = await sql(em, 'SELECT 1 FROM login_tokens WHERE account_id = $1 AND id = $2', [accountId, id]);
  return rows.length > 0;
}
