import type { Grant } from '@valetkey/contracts';
import type { HandlerContext } from '@valetkey/messaging';
import type { EntityManager } from '@mikro-orm/postgresql';
import { grantOfMembership } from '../members/grant-of-membership.ts';
import { Membership } from '../members/membership.entity.ts';
import { callerOf } from './caller-of.ts';

/**
 * What a caller holds in an account now, not when the gateway asked: a user's memberships. What an access key carries is
 * not ours: it lives and ends with the key, in tokens.
 */
export async function grantsNow(em: EntityManager, context: HandlerContext, accountId: string): Promise<Grant[]> {
  const { subject, grants } = callerOf(context);
  if (subject.type !== 'user') return grants;
  return userGrants(em, subject.id, accountId);
}

/** What a user's memberships in an account give now, also if this transaction has just changed them. */
export async function userGrants(em: EntityManager, userId: string, accountId: string): Promise<Grant[]> {
  return (await em.find(Membership, { user: userId, account: accountId }, { refresh: true })).map(grantOfMembership);
}
