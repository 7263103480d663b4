import { accessLinkDeleted, type EndReason } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import type { Deleting } from '../lent/delete-lent.ts';
import { sql } from '@valetkey/persistence';
import { endSessions } from '../sessions/end-sessions.ts';

interface Deleted {
  id: string;
  accountId: string;
  userId: string;
  userName: string;
  version: number;
}

/**
 * Deletes the links that fulfil a condition on `access_links`, and ends all their sessions, for the reason given unless
 * it is the deletion itself. Says how many.
 */
export async function deleteAccessLinks(
  tx: Transaction,
  { where, values }: Deleting,
  reason: EndReason = 'credential-deleted',
): Promise<number> {
  const deleted = await sql<Deleted>(
    tx.em,
    `DELETE FROM access_links WHERE ${where}
      RETURNING id, account_id AS "accountId", user_id AS "userId", user_name AS "userName", version`,
    values,
  );
  for (const { id, accountId, userId, userName, version } of deleted) {
    const data = { user: { id: userId, name: userName } };
    tx.emit(accessLinkDeleted, { id, accountId, sequence: version + 1, data });
  }
  const ids = deleted.map(({ id }) => id);
  const ofThem = { where: 'access_link_id = ANY($1::uuid[])', values: [ids] };
  if (ids.length > 0) await endSessions(tx, { ...ofThem, reason, covered: true });
  return ids.length;
}
