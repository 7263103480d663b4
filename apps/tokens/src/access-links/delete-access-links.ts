import { accessLinkDeleted, type EndReason } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import type { Condition } from '../lent/delete-lent.ts';
import { endedColumns, endLinks } from './end-links.ts';

/**
 * Deletes the links that fulfil a condition on `access_links`, and ends all their sessions, for the reason given unless
 * it is the deletion itself. Says how many.
 */
export async function deleteAccessLinks(
  tx: Transaction,
  { where, values }: Condition,
  reason: EndReason = 'credential-deleted',
): Promise<number> {
  const statement = `DELETE FROM access_links WHERE ${where} RETURNING ${endedColumns}, version + 1 AS sequence`;
  return endLinks(tx, { statement, values, event: accessLinkDeleted, reason });
}
