import { accessLinkExpired } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { Deleting } from '../lent/delete-lent.ts';
import { endSessions } from '../sessions/end-sessions.ts';

interface Expired {
  id: string;
  accountId: string;
  userId: string;
  userName: string;
  version: number;
}

/** Notes that links of those which fulfil a condition are past their expiry, and ends their sessions. Says how many. */
export async function expireAccessLinks(tx: Transaction, { where, values }: Deleting): Promise<number> {
  const expired = await sql<Expired>(
    tx.em,
    `UPDATE access_links SET status = 'expired', version = version + 1
      WHERE status IN ('live', 'locked') AND expires_at <= $${values.length + 1} AND (${where})
      RETURNING id, account_id AS "accountId", user_id AS "userId", user_name AS "userName", version`,
    [...values, tx.now],
  );
  for (const { id, accountId, userId, userName, version: sequence } of expired) {
    const data = { user: { id: userId, name: userName } };
    tx.emit(accessLinkExpired, { id, accountId, sequence, data });
  }
  const ids = expired.map(({ id }) => id);
  const ofThem = { where: 'access_link_id = ANY($1::uuid[])', values: [ids] };
  if (ids.length > 0) await endSessions(tx, { ...ofThem, reason: 'credential-expired', covered: true });
  return ids.length;
}
