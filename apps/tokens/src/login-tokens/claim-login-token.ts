import type { Transaction } from '@valetkey/outbox';
import { exhausted, sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type AccountRow, heldAccount } from '../accounts/account-row.ts';
import type { LoginTokenShown } from '../sessions/open-session.ts';

export interface ClaimedToken extends LoginTokenShown {
  accountId: string;
  name: string;
  allowedCidrs: string[];
  maxSessions: number | null;
  version: number;
  /** Held as by holdAccount; absent while the account's first event has not arrived. */
  account: AccountRow | null;
}

/** What a client shows, and the throttle's key under which its guesses are counted. */
export interface Shown {
  hash: string;
  throttle: { key: string; tries: number };
}

/** The token with this secret, now or before. By index each: an OR of both leaves the planner to guess. */
const idOfSecret = `
  SELECT id FROM login_tokens WHERE secret_hash = $1
   UNION ALL SELECT id FROM login_tokens WHERE previous_secret_hash = $1 LIMIT 1`;

const claim = `
  UPDATE login_tokens t SET status = CASE type WHEN 'one_time' THEN 'in_use' ELSE status END,
      version = version + 1, last_used_at = $2, last_used_from = $3
    WHERE id = (${idOfSecret}) AND (secret_hash = $1 OR (previous_secret_hash = $1 AND previous_secret_ends_at > $2))
      AND status IN ('active', 'ready') AND (expires_at IS NULL OR expires_at > $2)
      AND NOT EXISTS (${exhausted('$4', '$5', '$2')})
    RETURNING id, account_id AS "accountId", name, role, scope_type AS "scopeType", scope_id AS "scopeId",
      allowed_cidrs AS "allowedCidrs", max_sessions AS "maxSessions", version,
      secret_number - (secret_hash <> $1)::int AS "secretNumber",
      CASE WHEN secret_hash = $1 THEN expires_at ELSE least(expires_at, previous_secret_ends_at) END AS "endsAt",
      (SELECT to_jsonb(held) FROM (${heldAccount('t.account_id')}) held) AS account`;

/**
 * Takes a token for one redemption, with its state in the predicate: of any number at once a one-time token goes to
 * exactly one. Permanent ones are only noted as used, and locked until the commit.
 */
export async function claimLoginToken(
  { em, now }: Transaction,
  { hash, throttle }: Shown,
  address: string,
): Promise<ClaimedToken | undefined> {
  const [token] = await sql<ClaimedToken>(em, claim, [hash, now, address, throttle.key, throttle.tries]);
  return token;
}

/** Whether a secret is or was some token's: then its holder has not guessed it. */
export async function isKnownSecret(em: EntityManager, hash: string): Promise<boolean> {
  const rows = await sql(em, idOfSecret, [hash]);
  return rows.length > 0;
}
