import type { ModuleName } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** What tokens keeps of an account, from tenancy's events. */
export interface AccountRow {
  id: string;
  /** Live login-token sessions of the account at most. */
  tokenSessionLimit: number | null;
  modules: ModuleName[];
}

const select = 'SELECT id, token_session_limit AS "tokenSessionLimit", modules FROM accounts WHERE id = $1';

/**
 * The account's row, locked so that two requests cannot both count and then insert. An account whose first event has
 * not arrived yet stands as tenancy opens it: login tokens on, no limit.
 */
export async function lockAccount(em: EntityManager, accountId: string): Promise<AccountRow> {
  const lock = `${select} FOR UPDATE`;
  const [known] = await sql<AccountRow>(em, lock, [accountId]);
  if (known) return known;
  await sql(em, 'INSERT INTO accounts (id) VALUES ($1) ON CONFLICT DO NOTHING', [accountId]);
  const [made] = await sql<AccountRow>(em, lock, [accountId]);
  if (!made) throw new Error('An account row just made is gone');
  return made;
}

/**
 * The account's row if it has no limit, kept as it is until the commit beside others who do the same. The limit stands
 * in the predicate, which PostgreSQL looks at again after waiting for the lock: one set meanwhile is not overlooked.
 */
export async function shareUnlimitedAccount(em: EntityManager, accountId: string): Promise<AccountRow | undefined> {
  const [account] = await sql<AccountRow>(em, `${select} AND token_session_limit IS NULL FOR SHARE`, [accountId]);
  return account;
}
