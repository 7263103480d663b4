import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { BATCH } from './batch.ts';

const ends = 'created_at + make_interval(hours => $3)';
const idleAt = 'last_seen_at + make_interval(secs => $2)';

/**
 * Adjusts the live portal sessions of one account whose policy has changed to the lengths that it says now; who has come
 * since lives by them already. Those past their end are due at once. Full while an account is left.
 */
export async function followPolicies(tx: Transaction): Promise<number> {
  const [account] = await sql<{ id: string; idleSeconds: number; maxHours: number }>(
    tx.em,
    `SELECT id, portal_idle_minutes * 60 AS "idleSeconds", portal_max_hours AS "maxHours" FROM accounts
      WHERE policy_pending ORDER BY id LIMIT 1 FOR NO KEY UPDATE`,
  );
  if (!account) return 0;
  const adjusted = await adjust(tx, account);
  if (adjusted < BATCH) await sql(tx.em, 'UPDATE accounts SET policy_pending = false WHERE id = $1', [account.id]);
  return BATCH;
}

async function adjust(
  { em, now }: Transaction,
  { id, idleSeconds, maxHours }: { id: string; idleSeconds: number; maxHours: number },
): Promise<number> {
  const adjusted = await sql(
    em,
    `UPDATE sessions SET idle_seconds = $2, expires_at = ${ends}, check_at = least(${idleAt}, ${ends})
      WHERE id IN (SELECT id FROM sessions WHERE account_id = $1 AND kind = 'portal' AND ended_at IS NULL
          AND (idle_seconds <> $2 OR expires_at <> ${ends})
          AND least(last_seen_at + make_interval(secs => idle_seconds), expires_at) > $4
        ORDER BY id DESC LIMIT ${BATCH} FOR UPDATE)
      RETURNING id`,
    [id, idleSeconds, maxHours, now],
  );
  return adjusted.length;
}
