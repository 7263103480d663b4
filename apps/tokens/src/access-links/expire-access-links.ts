import { accessLinkExpired } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import type { Condition } from '../lent/delete-lent.ts';
import { endedColumns, endLinks } from './end-links.ts';

/** Notes that links of those which fulfil a condition are past their expiry, and ends their sessions. Says how many. */
export async function expireAccessLinks(tx: Transaction, { where, values }: Condition): Promise<number> {
  const statement = `UPDATE access_links SET status = 'expired', version = version + 1
    WHERE status IN ('live', 'locked') AND expires_at <= $${values.length + 1} AND (${where})
    RETURNING ${endedColumns}, version AS sequence`;
  return endLinks(tx, {
    statement,
    values: [...values, tx.now],
    event: accessLinkExpired,
    reason: 'credential-expired',
  });
}
