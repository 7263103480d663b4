import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { liveSessions } from '../sessions/live-sessions.sql.ts';
import { type AccountRow, countAlone } from './account-row.ts';

interface LimitedToken {
  id: string;
  maxSessions: number | null;
}

/**
 * Whether one more session of a token stays within its own limit and the account's: a token's limit is its fixed
 * allotment, tokens without one share what is left. The token's row is locked, the account's held.
 */
export async function hasRoomFor(tx: Transaction, account: AccountRow, token: LimitedToken): Promise<boolean> {
  if (token.maxSessions !== null && (await countSessions(tx, token.id)) >= token.maxSessions) return false;
  if (account.tokenSessionLimit === null) return true;
  await countAlone(tx.em, account.id);
  const { total, shared } = await countAccountSessions(tx, account.id);
  if (total >= account.tokenSessionLimit) return false;
  return token.maxSessions !== null || shared < account.tokenSessionLimit - (await sumAllotments(tx, account.id));
}

/** Whether the allotments of a held account's tokens, with this one's, would exceed its limit. */
export async function exceedsAccountLimit(
  tx: Transaction,
  { id, tokenSessionLimit }: AccountRow,
  token: { id?: string; maxSessions: number },
): Promise<boolean> {
  if (tokenSessionLimit === null) return false;
  await countAlone(tx.em, id);
  return (await sumAllotments(tx, id, token.id)) + token.maxSessions > tokenSessionLimit;
}

/** Of tokens that can still have sessions; the one named aside. */
async function sumAllotments({ em, now }: Transaction, accountId: string, butOf?: string): Promise<number> {
  const [row] = await sql<{ sum: string }>(
    em,
    `SELECT coalesce(sum(max_sessions), 0) AS sum FROM login_tokens
      WHERE account_id = $1 AND max_sessions IS NOT NULL AND status NOT IN ('used', 'expired')
        AND (expires_at IS NULL OR expires_at > $2) AND id IS DISTINCT FROM $3`,
    [accountId, now, butOf ?? null],
  );
  return Number(row?.sum);
}

async function countSessions({ em, now }: Transaction, tokenId: string): Promise<number> {
  const [row] = await sql<{ count: string }>(
    em,
    `SELECT count(*) AS count FROM ${liveSessions('$2')} AND s.login_token_id = $1`,
    [tokenId, now],
  );
  return Number(row?.count);
}

async function countAccountSessions({ em, now }: Transaction, accountId: string) {
  const [row] = await sql<{ total: string; shared: string }>(
    em,
    `SELECT count(*) AS total, count(*) FILTER (WHERE t.max_sessions IS NULL) AS shared
       FROM ${liveSessions('$2')} AND s.account_id = $1 AND s.kind = 'login_token'`,
    [accountId, now],
  );
  return { total: Number(row?.total), shared: Number(row?.shared) };
}
