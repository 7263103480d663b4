import type { Transaction } from '@valetkey/outbox';
import { expireAccessLinks } from '../access-links/expire-access-links.ts';
import { BATCH } from './batch.ts';

/**
 * Access links past their expiry. Those whose uses are all spent stay as they are: their sessions end by themselves,
 * since none outlives its link. Rows that another replica holds are its own to end.
 */
export function endAccessLinks(tx: Transaction): Promise<number> {
  const where = `id IN (SELECT id FROM access_links WHERE status IN ('live', 'locked') AND expires_at <= $1
    ORDER BY expires_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`;
  return expireAccessLinks(tx, { where, values: [tx.now] });
}
