import { Failure, type Role } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../access/act-in.ts';
import { membershipInSight } from './membership-in-sight.ts';
import type { MembershipRow } from './membership-rows.ts';
import { placeOfMembership } from './membership-view.ts';
import { mayGrant } from './who-may-grant.rules.ts';

/**
 * Another's membership that an actor may remove or, with the role that it is to get, change. The last owner is safe: only
 * an owner may do this to an owner, never to themselves, and the account's lock lets one of them come first.
 */
export async function membershipToManage(
  em: EntityManager,
  { grants, userId, account }: Actor,
  membershipId: string,
  ...newRoles: Role[]
): Promise<MembershipRow | Failure<'not_found' | 'forbidden' | 'own_role'>> {
  const row = await membershipInSight(em, grants, { accountId: account.id, membershipId });
  if (!row) return new Failure('not_found');
  if (!mayGrant(grants, placeOfMembership(row), row.role, ...newRoles)) return new Failure('forbidden');
  return row.userId === userId ? new Failure('own_role') : row;
}
