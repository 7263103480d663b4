import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { endSessions } from '../sessions/end-sessions.ts';
import { BATCH } from './batch.ts';

/** Old secrets past their grace, with the sessions that they opened. */
export async function endGraces(tx: Transaction): Promise<number> {
  const ended = await sql<{ id: string }>(
    tx.em,
    `UPDATE login_tokens SET previous_secret_ends_at = NULL
      WHERE id IN (SELECT id FROM login_tokens WHERE previous_secret_ends_at <= $1
        ORDER BY previous_secret_ends_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
      RETURNING id`,
    [tx.now],
  );
  const ids = ended.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await endSessions(tx, {
    where: `login_token_id = ANY($1::uuid[])
      AND secret_number < (SELECT t.secret_number FROM login_tokens t WHERE t.id = login_token_id)`,
    values: [ids],
    reason: 'credential-rotated',
  });
  return ids.length;
}
