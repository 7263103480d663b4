import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { LoginTokenShown } from '../sessions/open-session.ts';

export interface ClaimedToken extends LoginTokenShown {
  accountId: string;
  name: string;
  allowedCidrs: string[];
  maxSessions: number | null;
  version: number;
}

/**
 * Takes a token for one redemption, with its state in the predicate: of any number at once a one-time token goes to
 * exactly one. Permanent ones are only noted as used, and locked until the commit.
 */
export async function claimLoginToken(
  { em, now }: Transaction,
  hash: string,
  address: string,
): Promise<ClaimedToken | undefined> {
  const [token] = await sql<ClaimedToken>(
    em,
    `UPDATE login_tokens SET status = CASE type WHEN 'one_time' THEN 'in_use' ELSE status END,
        version = version + 1, last_used_at = $2, last_used_from = $3
      WHERE (secret_hash = $1 OR (previous_secret_hash = $1 AND previous_secret_ends_at > $2))
        AND status IN ('active', 'ready') AND (expires_at IS NULL OR expires_at > $2)
      RETURNING id, account_id AS "accountId", name, role, scope_type AS "scopeType", scope_id AS "scopeId",
        allowed_cidrs AS "allowedCidrs", max_sessions AS "maxSessions", version,
        secret_number - (secret_hash <> $1)::int AS "secretNumber",
        CASE WHEN secret_hash = $1 THEN expires_at ELSE least(expires_at, previous_secret_ends_at) END AS "endsAt"`,
    [hash, now, address],
  );
  return token;
}

/** Whether a secret is or was some token's: then its holder has not guessed it. */
export async function isKnownSecret(em: EntityManager, hash: string): Promise<boolean> {
  const rows = await sql(em, 'SELECT 1 FROM login_tokens WHERE secret_hash = $1 OR previous_secret_hash = $1', [hash]);
  return rows.length > 0;
}
