import type { Standing } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** The account that a user entered last; whether they may stand there still is another question. */
export async function lastAccountOf(em: EntityManager, holder: Standing['holder']): Promise<string | undefined> {
  if (!('userId' in holder)) return undefined;
  const statement = 'SELECT account_id AS "accountId" FROM last_accounts WHERE user_id = $1';
  const [row] = await sql<{ accountId: string }>(em, statement, [holder.userId]);
  return row?.accountId;
}
