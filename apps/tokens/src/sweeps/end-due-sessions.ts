import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { endSessions } from '../sessions/end-sessions.ts';
import { BATCH } from './batch.ts';

const idleAt = 'last_seen_at + make_interval(secs => idle_seconds)';
const due = 'ended_at IS NULL AND check_at <= $1';

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
  const ended = await sql<{ id: string; reason: 'idle' | 'expired' }>(
    tx.em,
    `SELECT id, CASE WHEN expires_at <= ${idleAt} THEN 'expired' ELSE 'idle' END AS reason FROM sessions
      WHERE ${due} AND least(${idleAt}, expires_at) <= $1 ORDER BY check_at LIMIT ${BATCH}`,
    [tx.now],
  );
  for (const reason of ['idle', 'expired'] as const) {
    const ids = ended.filter((row) => row.reason === reason).map(({ id }) => id);
    // Not if it has been used meanwhile.
    const where = `id = ANY($1::uuid[]) AND least(${idleAt}, expires_at) <= $2`;
    if (ids.length > 0) await endSessions(tx, { where, values: [ids, tx.now], reason });
  }
  return ended.length;
}
