import { loginTokenExpired } from '@valetkey/contracts';
import { Outbox, systemContext, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { endSessions } from '../sessions/end-sessions.ts';

const BATCH = 500;

/**
 * Ends what time has ended: tokens past their expiry, sessions idle, too old, or past their token's end. Several
 * replicas may sweep at once: each takes rows that no other holds.
 */
@Injectable()
export class SweepSessionsJob {
  constructor(private readonly outbox: Outbox) {}

  /** One pass over all that is due now. */
  async run(): Promise<void> {
    while ((await this.inTransaction(expireTokens)) === BATCH);
    while ((await this.inTransaction(endDueSessions)) === BATCH);
    await this.inTransaction(forgetEnded);
  }

  private inTransaction(work: (tx: Transaction) => Promise<number>): Promise<number> {
    return this.outbox.transactional(systemContext('tokens'), work);
  }
}

async function expireTokens(tx: Transaction): Promise<number> {
  const expired = await sql<{ id: string; account_id: string; name: string; version: number }>(
    tx.em,
    `UPDATE login_tokens SET status = 'expired', version = version + 1 WHERE id IN (
       SELECT id FROM login_tokens WHERE status IN ('active', 'ready') AND expires_at <= $1
        LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING id, account_id, name, version`,
    [tx.now],
  );
  for (const { id, account_id: accountId, version: sequence, name } of expired) {
    tx.emit(loginTokenExpired, { id, accountId, sequence, data: { name } });
  }
  const ids = expired.map(({ id }) => id);
  if (ids.length > 0) {
    await endSessions(tx, { where: 'login_token_id = ANY($3::uuid[])', values: [ids], reason: 'credential-expired', covered: true });
  }
  return expired.length;
}

/** Due rows that were used meanwhile are put off to their next end; the others end, for the reason that came first. */
async function endDueSessions(tx: Transaction): Promise<number> {
  const due = await sql<{ id: string; reason: 'idle' | 'expired' | 'credential-expired' | 'credential-rotated' | null }>(
    tx.em,
    `WITH due AS (
       SELECT id FROM sessions WHERE ended_at IS NULL AND check_at <= $1 LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
     ), ends AS (
       SELECT s.id, s.last_seen_at + make_interval(secs => s.idle_seconds) AS idle_at, s.expires_at, t.expires_at AS token_at,
         CASE WHEN s.secret_number < t.secret_number THEN t.previous_secret_ends_at END AS rotated_at
       FROM sessions s JOIN due USING (id) LEFT JOIN login_tokens t ON t.id = s.login_token_id
     ), put_off AS (
       UPDATE sessions s SET check_at = least(e.idle_at, e.expires_at, e.token_at, e.rotated_at) FROM ends e
        WHERE s.id = e.id AND least(e.idle_at, e.expires_at, e.token_at, e.rotated_at) > $1
     )
     SELECT id, CASE WHEN least(idle_at, expires_at, token_at, rotated_at) > $1 THEN NULL
       WHEN rotated_at <= least(idle_at, expires_at, token_at) THEN 'credential-rotated'
       WHEN token_at <= least(idle_at, expires_at) THEN 'credential-expired'
       WHEN expires_at <= idle_at THEN 'expired' ELSE 'idle' END AS reason FROM ends`,
    [tx.now],
  );
  for (const reason of ['idle', 'expired', 'credential-expired', 'credential-rotated'] as const) {
    const ids = due.filter((row) => row.reason === reason).map(({ id }) => id);
    if (ids.length > 0) await endSessions(tx, { where: 'id = ANY($3::uuid[])', values: [ids], reason });
  }
  return due.length;
}

const KEEP_ENDED_MS = 24 * 3600 * 1000;

/** The audit trail remembers; the rows themselves serve a day longer for questions. */
async function forgetEnded({ em, now }: Transaction): Promise<number> {
  const before = new Date(now.getTime() - KEEP_ENDED_MS);
  const gone = await sql(
    em,
    `DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE ended_at < $1 LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) RETURNING id`,
    [before],
  );
  return gone.length;
}
