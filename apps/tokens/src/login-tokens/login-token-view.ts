import type { LendableRole, LoginToken, LoginTokenStatus, LoginTokenType, ScopeType } from '@valetkey/contracts';
import { sql, timeOf } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { liveSessions } from '../sessions/live-sessions.sql.ts';

interface LoginTokenRow {
  id: string;
  name: string;
  type: LoginTokenType;
  shown_status: LoginTokenStatus;
  role: LendableRole;
  scope_type: ScopeType;
  scope_id: string;
  allowed_cidrs: string[];
  max_sessions: number | null;
  expires_at: string | null;
  hint: string;
  live_sessions: string;
  last_used_at: string | null;
  last_used_from: string | null;
  revision: number;
  created_at: string;
  created_by_id: string;
  created_by_name: string;
}

/** A token past its expiry shows so at once, whether or not the sweep has noted it. */
export const shownStatus = (now: string) =>
  `CASE WHEN k.status IN ('active', 'ready') AND k.expires_at <= ${now} THEN 'expired' ELSE k.status END`;

/** Login tokens `k` as their lists show them; `$1` is the account, `$2` the time. */
export const selectLoginTokens = `
  SELECT k.*, ${shownStatus('$2')} AS shown_status,
    (SELECT count(*) FROM ${liveSessions('$2')} AND s.login_token_id = k.id) AS live_sessions
  FROM login_tokens k WHERE k.account_id = $1`;

export function toLoginToken(row: LoginTokenRow): LoginToken {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    status: row.shown_status,
    role: row.role,
    scope: { type: row.scope_type, id: row.scope_id },
    allowedCidrs: row.allowed_cidrs,
    ...(row.max_sessions !== null && { maxSessions: row.max_sessions }),
    ...(row.expires_at && { expiresAt: timeOf(row.expires_at).toISOString() }),
    hint: row.hint,
    liveSessions: Number(row.live_sessions),
    ...(row.last_used_at && { lastUsedAt: timeOf(row.last_used_at).toISOString() }),
    ...(row.last_used_from && { lastUsedFrom: row.last_used_from }),
    createdAt: timeOf(row.created_at).toISOString(),
    createdBy: { id: row.created_by_id, name: row.created_by_name },
  };
}

/** Tokens of an account by a further condition; its parameters begin at `$3`. */
export async function findLoginTokens(
  em: EntityManager,
  accountId: string,
  now: Date,
  { where, values }: { where: string; values: Parameters<typeof sql>[2] },
): Promise<LoginTokenRow[]> {
  return sql<LoginTokenRow>(em, `${selectLoginTokens} ${where}`, [accountId, now, ...(values ?? [])]);
}

export type { LoginTokenRow };
