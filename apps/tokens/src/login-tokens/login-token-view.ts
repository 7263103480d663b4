import type { LendableRole, LoginToken, LoginTokenStatus, LoginTokenType, ScopeType } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue, timeOf } from '@valetkey/persistence';
import { liveSessions } from '../sessions/live-sessions.sql.ts';

interface LoginTokenRow {
  id: string;
  name: string;
  type: LoginTokenType;
  status: LoginTokenStatus;
  role: LendableRole;
  scopeType: ScopeType;
  scopeId: string;
  allowedCidrs: string[];
  maxSessions: number | null;
  expiresAt: string | null;
  hint: string;
  liveSessions: string;
  lastUsedAt: string | null;
  lastUsedFrom: string | null;
  revision: number;
  createdAt: string;
  createdById: string;
  createdByName: string;
}

type RevisedLoginToken = LoginToken & { revision: number };

/** A token past its expiry shows so at once, whether or not the sweep has noted it; `$2` is the time. */
export const shownStatus = `CASE WHEN k.expires_at <= $2 AND k.status IN ('active', 'ready') THEN 'expired'
  WHEN k.expires_at <= $2 AND k.status = 'in_use' THEN 'used' ELSE k.status END`;

const select = `SELECT k.id, k.name, k.type, ${shownStatus} AS status, k.role, k.scope_type AS "scopeType",
    k.scope_id AS "scopeId", k.allowed_cidrs AS "allowedCidrs", k.max_sessions AS "maxSessions",
    k.expires_at AS "expiresAt", k.hint, k.last_used_at AS "lastUsedAt", k.last_used_from AS "lastUsedFrom",
    k.revision, k.created_at AS "createdAt", k.created_by_id AS "createdById", k.created_by_name AS "createdByName",
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
  const { id, name, type, status, role, scopeType, scopeId, allowedCidrs, maxSessions, hint, lastUsedFrom } = row;
  return {
    id,
    name,
    type,
    status,
    role,
    scope: { type: scopeType, id: scopeId },
    allowedCidrs,
    ...(maxSessions !== null && { maxSessions }),
    ...(row.expiresAt && { expiresAt: timeOf(row.expiresAt).toISOString() }),
    hint,
    liveSessions: Number(row.liveSessions),
    ...(row.lastUsedAt && { lastUsedAt: timeOf(row.lastUsedAt).toISOString() }),
    ...(lastUsedFrom && { lastUsedFrom }),
    createdAt: timeOf(row.createdAt).toISOString(),
    createdBy: { id: row.createdById, name: row.createdByName },
  };
}
