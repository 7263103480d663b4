import type { Grant } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { findMembership, findMemberships, type MembershipRow } from './membership-rows.ts';
import { placeOfMembership } from './membership-view.ts';
import { isInSight } from './who-may-grant.rules.ts';

/** A membership of the account that lies within what is granted. */
export async function membershipInSight(
  em: EntityManager,
  grants: readonly Grant[],
  { accountId, membershipId }: { accountId: string; membershipId: string },
): Promise<MembershipRow | undefined> {
  const row = await findMembership(em, accountId, membershipId);
  return row && isInSight(grants, placeOfMembership(row)) ? row : undefined;
}

/** Whether a user has a membership of the account that lies within what is granted. */
export async function isMemberInSight(
  em: EntityManager,
  grants: readonly Grant[],
  { accountId, userId }: { accountId: string; userId: string },
): Promise<boolean> {
  const rows = await findMemberships(em, accountId, { where: 'm.user_id = $2', values: [userId] });
  return rows.some((row) => isInSight(grants, placeOfMembership(row)));
}
