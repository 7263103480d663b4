import type { LoginToken, LoginTokenStatus, LoginTokenType } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue } from '@valetkey/persistence';
import { lentColumns, type LentRow, toLent } from '../lent/lent-view.ts';
import { liveSessions } from '../sessions/live-sessions.sql.ts';

interface LoginTokenRow extends LentRow {
  type: LoginTokenType;
  status: LoginTokenStatus;
  maxSessions: number | null;
  liveSessions: string;
}

type RevisedLoginToken = LoginToken & { revision: number };

/** A token past its expiry shows so at once, whether or not the sweep has noted it; `$2` is the time. */
export const shownStatus = `CASE WHEN k.expires_at <= $2 AND k.status IN ('active', 'ready') THEN 'expired'
  WHEN k.expires_at <= $2 AND k.status = 'in_use' THEN 'used' ELSE k.status END`;

const select = `SELECT ${lentColumns}, k.type, ${shownStatus} AS status, k.max_sessions AS "maxSessions",
    (SELECT count(*) FROM ${liveSessions('$2')} AND s.login_token_id = k.id) AS "liveSessions"
  FROM login_tokens k WHERE k.account_id = $1`;

/** Where and when it is looked: a transaction, or a manager with the present time. */
type Look = Pick<Transaction, 'em' | 'now'>;

/** Login tokens `k` of an account as they are shown, by a further condition; its parameters begin at `$3`. */
export async function findLoginTokens(
  { em, now }: Look,
  accountId: string,
  { where, values }: { where: string; values: readonly SqlValue[] },
): Promise<LoginTokenRow[]> {
  return sql<LoginTokenRow>(em, `${select} AND ${where}`, [accountId, now, ...values]);
}

/** One token with the revision that its ETag shows. */
export async function findLoginToken(
  look: Look,
  accountId: string,
  id: string,
): Promise<RevisedLoginToken | undefined> {
  const [row] = await findLoginTokens(look, accountId, { where: 'k.id = $3', values: [id] });
  return row && { ...toLoginToken(row), revision: row.revision };
}

/** A token that the transaction has written, for its answer. */
export async function showLoginToken(tx: Transaction, accountId: string, id: string): Promise<RevisedLoginToken> {
  const token = await findLoginToken(tx, accountId, id);
  if (!token) throw new Error('A login token just written is gone');
  return token;
}

export function toLoginToken(row: LoginTokenRow): LoginToken {
  const { type, status, maxSessions } = row;
  return {
    ...toLent(row),
    type,
    status,
    ...(maxSessions !== null && { maxSessions }),
    liveSessions: Number(row.liveSessions),
  };
}
