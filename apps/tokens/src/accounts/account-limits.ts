import type { ModuleName } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { liveSessions } from '../sessions/live-sessions.sql.ts';

/** What tokens keeps of an account, from tenancy's events. */
export interface AccountRow {
  id: string;
  token_session_limit: number | null;
  modules: ModuleName[];
}

/**
 * The account's row, locked so that two requests cannot both count and then insert. An account whose first event has
 * not arrived yet stands as tenancy opens it: login tokens on, no limit, version 0.
 */
export async function lockAccount(em: EntityManager, accountId: string): Promise<AccountRow> {
  const select = 'SELECT id, token_session_limit, modules FROM accounts WHERE id = $1 FOR UPDATE';
  const [known] = await sql<AccountRow>(em, select, [accountId]);
  if (known) return known;
  await sql(em, `INSERT INTO accounts (id, modules, version) VALUES ($1, '{login_tokens}', 0) ON CONFLICT DO NOTHING`, [
    accountId,
  ]);
  const [made] = await sql<AccountRow>(em, select, [accountId]);
  if (!made) throw new Error('An account row just made is gone');
  return made;
}

/** Whether the account has a row without a limit. Looked at before locking: a shared lock must not be raised later. */
export async function isUnlimited(em: EntityManager, accountId: string): Promise<boolean> {
  const rows = await sql(em, 'SELECT 1 FROM accounts WHERE id = $1 AND token_session_limit IS NULL', [accountId]);
  return rows.length > 0;
}

/** The account's row, kept as it is until the commit, beside others who do the same. */
export async function shareAccount(em: EntityManager, accountId: string): Promise<AccountRow> {
  const [row] = await sql<AccountRow>(em, 'SELECT id, token_session_limit, modules FROM accounts WHERE id = $1 FOR SHARE', [
    accountId,
  ]);
  if (!row) throw new Error('An account row just seen is gone');
  return row;
}

/** Live tokens that still hold an allotment of the account's limit. */
const allotted = `SELECT coalesce(sum(max_sessions), 0)::int AS sum FROM login_tokens
  WHERE account_id = $1 AND max_sessions IS NOT NULL AND status NOT IN ('used', 'expired')
    AND (expires_at IS NULL OR expires_at > $2) AND id IS DISTINCT FROM $3`;

/** Whether the allotments of the account's tokens, with this one's, would exceed the account's limit. */
export async function exceedsAccountLimit(
  { em, now }: Transaction,
  account: AccountRow,
  token: { id?: string; maxSessions?: number | null },
): Promise<boolean> {
  if (account.token_session_limit === null || !token.maxSessions) return false;
  const [row] = await sql<{ sum: number }>(em, allotted, [account.id, now, token.id ?? null]);
  return (row?.sum ?? 0) + token.maxSessions > account.token_session_limit;
}

interface Counts {
  own: number;
  shared: number;
  total: number;
  allotted: number;
}

/**
 * Whether one more session of a token stays within its own limit and the account's: a token's limit is its fixed
 * allotment, tokens without one share what is left. The token's row is locked, and the account's if it has a limit.
 */
export async function hasRoomFor(
  { em, now }: Transaction,
  account: AccountRow,
  token: { id: string; maxSessions: number | null },
): Promise<boolean> {
  const limit = account.token_session_limit;
  if (token.maxSessions === null && limit === null) return true;
  const [counts] = await sql<Counts>(
    em,
    `SELECT count(*) FILTER (WHERE t.id = $3)::int AS own,
       count(*) FILTER (WHERE t.max_sessions IS NULL)::int AS shared, count(*)::int AS total,
       (${allotted.replace('$3', 'NULL')}) AS allotted
     FROM ${liveSessions('$2')} AND s.kind = 'login_token' AND s.account_id = $1 AND ($4::int IS NOT NULL OR t.id = $3)`,
    [account.id, now, token.id, limit],
  );
  if (!counts) throw new Error('Counting answered no row');
  if (token.maxSessions !== null && counts.own >= token.maxSessions) return false;
  if (limit === null) return true;
  return counts.total < limit && (token.maxSessions !== null || counts.shared < limit - counts.allotted);
}
