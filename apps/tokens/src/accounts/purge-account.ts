import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** All that tokens keeps of an account besides the account's own row. */
const belongings = ['sessions', 'login_tokens', 'access_keys', 'access_links'];

/**
 * Deletes what there is of an account that is gone for good, in a transaction of the caller's. Nothing of it was good for
 * anything since the account was deleted, so there is nothing to tell: its sessions ended then, or left it.
 */
export async function purgeAccount(em: EntityManager, accountId: string): Promise<void> {
  await sql(em, 'DELETE FROM accounts WHERE id = $1', [accountId]);
  for (const table of belongings) await sql(em, `DELETE FROM ${table} WHERE account_id = $1`, [accountId]);
}
