import type { Transaction } from '@valetkey/outbox';
import { userGrants } from '../access/grants-now.ts';
import { mayGrant } from '../members/who-may-grant.rules.ts';
import { endInvitations } from './end-invitations.ts';
import { findInvitations } from './invitation-rows.ts';
import { placeOfInvitation } from './invitation-view.ts';

/**
 * Cancels what users invited to and could not invite to any more, now that they hold less: else somebody who was shown out
 * could have left the door open. The account's row is locked, their memberships are changed.
 */
export async function cancelInvitationsBeyond(
  tx: Transaction,
  accountId: string,
  userIds: ReadonlySet<string>,
): Promise<void> {
  if (userIds.size === 0) return;
  const where = `i.account_id = $1 AND i.created_by_id = ANY($2::uuid[]) AND i.status = 'pending'`;
  const pending = await findInvitations(tx.em, { where, values: [accountId, [...userIds]] });
  const beyond: string[] = [];
  for (const [userId, theirs] of Map.groupBy(pending, ({ createdById }) => createdById)) {
    const grants = await userGrants(tx.em, userId, accountId);
    beyond.push(...theirs.filter((row) => !mayGrant(grants, placeOfInvitation(row), row.role)).map(({ id }) => id));
  }
  if (beyond.length > 0) await endInvitations(tx, 'canceled', { where: 'id = ANY($2::uuid[])', values: [beyond] });
}
