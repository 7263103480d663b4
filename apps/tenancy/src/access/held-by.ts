import type { Standing } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { live } from '../accounts/account.entity.ts';
import { grantOfMembership } from '../members/grant-of-membership.ts';
import { Membership } from '../members/membership.entity.ts';
import { accountOfScope } from './account-of-scope.ts';
import { grantsIn, type HeldGrant } from './choose-account.rules.ts';
import { mayLend } from './may-lend.rules.ts';
import { partnerGrantsOf } from './partner-grants-of.ts';
import { roleOfPartner } from './partner-grants.queries.ts';

/**
 * All that a holder has anywhere, the oldest first: memberships, then partners' grants. By a link, memberships alone, in the
 * accounts where its lender may still send it.
 */
export async function heldBy(
  em: EntityManager,
  holder: Standing['holder'],
  { staying }: { staying?: boolean | undefined } = {},
): Promise<HeldGrant[]> {
  if ('grant' in holder) {
    const accountId = await accountOfScope(em, holder.grant.scope);
    return accountId ? [{ accountId, grant: holder.grant }] : [];
  }
  const { userId, lenderId } = holder;
  const held = await memberships(em, userId);
  if (lenderId !== undefined) return lent(held, userId, { userId: lenderId, held: await memberships(em, lenderId) });
  const partners = await partnerGrantsOf(em, userId, { staying });
  return [...held, ...partners.map((one) => ({ ...one, grant: roleOfPartner(one.accountId) }))];
}

async function memberships(em: EntityManager, user: string): Promise<HeldGrant[]> {
  const where = { user, account: live };
  const found = await em.find(Membership, where, { orderBy: { createdAt: 'asc', id: 'asc' } });
  return found.map((one) => ({ accountId: one.account.id, grant: grantOfMembership(one) }));
}

function lent(
  held: readonly HeldGrant[],
  userId: string,
  lender: { userId: string; held: readonly HeldGrant[] },
): HeldGrant[] {
  return held.filter(({ accountId }) =>
    mayLend(
      { userId: lender.userId, grants: grantsIn(lender.held, accountId) },
      { userId, grants: grantsIn(held, accountId) },
    ),
  );
}
