import type { Contract } from '@valetkey/contracts';
import { authorize, type HandlerContext } from '@valetkey/messaging';
import type { EntityManager } from '@mikro-orm/postgresql';
import { grantOfMembership } from '../members/grant-of-membership.ts';
import { Membership } from '../members/membership.entity.ts';
import { callerOf } from './caller-of.ts';

/**
 * Applies a contract's rule again to the memberships that the caller has now: what the gateway said may be a moment
 * old. To be asked under the lock of the account's row, which whoever changes memberships holds.
 */
export async function mayStill(
  em: EntityManager,
  contract: Contract,
  context: HandlerContext,
  accountId: string,
): Promise<boolean> {
  const caller = callerOf(context);
  // What an access key carries is not ours: it lives and ends with the key, in tokens.
  if (caller.subject.type !== 'user') return true;
  const memberships = await em.find(Membership, { user: caller.subject.id, account: accountId });
  const grants = memberships.map(grantOfMembership);
  return authorize(contract, { ...context, caller: { ...caller, grants } }, accountId) === undefined;
}
