import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { BATCH } from './batch.ts';

const KEEP_ENDED_MS = 24 * 3600 * 1000;

/** The audit trail remembers; the rows themselves serve a day longer for questions. */
export async function forgetEndedSessions({ em, now }: Transaction): Promise<number> {
  const gone = await sql(
    em,
    `DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE ended_at < $1
        LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) RETURNING id`,
    [new Date(now.getTime() - KEEP_ENDED_MS)],
  );
  return gone.length;
}
