import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { endSessions } from '../sessions/end-sessions.ts';
import { lifetimes } from '../sessions/session.rules.ts';
import { BATCH } from './batch.ts';

const idleAt = 'last_seen_at + make_interval(secs => idle_seconds)';
const due = 'ended_at IS NULL AND check_at <= $1';
const reasons = ['idle', 'expired', 'credential-expired'] as const;
/** A link's session that is over before its time is over with its link; `$2` the time. */
const reason = `CASE WHEN expires_at > ${idleAt} THEN 'idle'
  WHEN access_link_id IS NOT NULL AND expires_at < created_at + make_interval(secs => $2) THEN 'credential-expired'
  ELSE 'expired' END`;

/** Sessions that were used since the sweep last looked are looked at again when they may have ended. */
export async function putOffUsedSessions({ em, now }: Transaction): Promise<number> {
  const putOff = await sql(
    em,
    `UPDATE sessions SET check_at = least(${idleAt}, expires_at)
      WHERE id IN (SELECT id FROM sessions WHERE ${due} AND least(${idleAt}, expires_at) > $1
        ORDER BY check_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
      RETURNING id`,
    [now],
  );
  return putOff.length;
}

/** Sessions that are idle or too old, for the reason that came first. */
export async function endDueSessions(tx: Transaction): Promise<number> {
  const ended = await sql<{ id: string; reason: (typeof reasons)[number] }>(
    tx.em,
    `SELECT id, ${reason} AS reason FROM sessions
      WHERE ${due} AND least(${idleAt}, expires_at) <= $1 ORDER BY check_at LIMIT ${BATCH}`,
    [tx.now, lifetimes.access_link.absolute],
  );
  for (const one of reasons) {
    const ids = ended.filter((row) => row.reason === one).map(({ id }) => id);
    // Not if it has been used meanwhile.
    const where = `id = ANY($1::uuid[]) AND least(${idleAt}, expires_at) <= $2`;
    if (ids.length > 0) await endSessions(tx, { where, values: [ids, tx.now], reason: one });
  }
  return ended.length;
}
