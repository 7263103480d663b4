import { accessKeyExpired } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { BATCH } from './batch.ts';

interface Ended {
  id: string;
  accountId: string;
  name: string;
  version: number;
}

/** Access keys past their expiry. Rows that another replica holds are its own to end. */
export async function endAccessKeys(tx: Transaction): Promise<number> {
  const ended = await sql<Ended>(
    tx.em,
    `UPDATE access_keys SET status = 'expired', version = version + 1
      WHERE id IN (SELECT id FROM access_keys WHERE status = 'active' AND expires_at <= $1
        ORDER BY expires_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
      RETURNING id, account_id AS "accountId", name, version`,
    [tx.now],
  );
  for (const { id, accountId, version: sequence, name } of ended)
    tx.emit(accessKeyExpired, { id, accountId, sequence, data: { name } });
  return ended.length;
}
