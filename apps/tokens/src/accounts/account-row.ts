import type { ModuleName } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** What tokens keeps of an account, from tenancy's events. */
export interface AccountRow {
  id: string;
  /** Live login-token sessions of the account at most. */
  tokenSessionLimit: number | null;
  modules: ModuleName[];
  /** How long portal sessions that stand there live: minutes without use, and hours in all. */
  portalIdleMinutes: number;
  portalMaxHours: number;
  /** Nobody stands there, nothing is lent. */
  deleted: boolean;
}

/** Selects and holds an account's row; `id` stands for its id. */
export const heldAccount = (id: string): string =>
  `SELECT id, token_session_limit AS "tokenSessionLimit", modules, portal_idle_minutes AS "portalIdleMinutes",
    portal_max_hours AS "portalMaxHours", deleted FROM accounts WHERE id = ${id} FOR SHARE`;

/** Whether what a module of an account has made may open sessions. */
export function lendsBy({ modules, deleted }: Pick<AccountRow, 'modules' | 'deleted'>, module: ModuleName): boolean {
  return !deleted && modules.includes(module);
}

/**
 * The account's row, kept as it is until the commit, beside others who do the same. An account whose first event has
 * not arrived yet stands as tenancy opens it: login tokens on, no limit, sessions of the usual length.
 */
export async function holdAccount(em: EntityManager, accountId: string): Promise<AccountRow> {
  const known = await hold(em, accountId);
  if (known) return known;
  await sql(em, 'INSERT INTO accounts (id) VALUES ($1) ON CONFLICT DO NOTHING', [accountId]);
  const made = await hold(em, accountId);
  if (!made) throw new Error('An account row just made is gone');
  return made;
}

async function hold(em: EntityManager, accountId: string): Promise<AccountRow | undefined> {
  const [account] = await sql<AccountRow>(em, heldAccount('$1'), [accountId]);
  return account;
}

/** Locks the account's row until the commit, known or not: who holds it has committed by then, or waits. */
export async function lockAccount(em: EntityManager, accountId: string): Promise<void> {
  await sql(em, 'INSERT INTO accounts (id) VALUES ($1) ON CONFLICT DO NOTHING', [accountId]);
  await sql(em, 'SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [accountId]);
}

/**
 * Until the commit nobody else counts in this account, so that no two count and then insert. A lock of its own: the
 * one on the row is shared, and two who share it cannot both raise it.
 */
export async function countAlone(em: EntityManager, accountId: string): Promise<void> {
  await sql(em, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`sessions-of:${accountId}`]);
}
