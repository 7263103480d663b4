import { chooseStanding, fail, type Grant, type InputOf, type Standing } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { live } from '../accounts/account.entity.ts';
import { lastAccountOf } from '../last-accounts/last-account-of.ts';
import { grantOfMembership } from '../members/grant-of-membership.ts';
import { Membership } from '../members/membership.entity.ts';
import { Organization } from '../organizations/organization.entity.ts';
import { organizationsWithin } from '../organizations/organizations-within.ts';
import { accountOfScope } from './account-of-scope.ts';
import { chooseAccount, type HeldGrant } from './choose-account.rules.ts';

@Injectable()
export class ChooseStandingHandler {
  constructor(private readonly em: EntityManager) {}

  /** The first reachable organization is the one made first: no renaming moves anybody. */
  @Handles(chooseStanding)
  async choose(asked: InputOf<typeof chooseStanding>) {
    const em = this.em.fork();
    const held = await heldBy(em, asked.holder);
    const lastAccountId = asked.accountId ? undefined : await lastAccountOf(em, asked.holder);
    const accountId = chooseAccount(held, { accountId: asked.accountId, lastAccountId });
    if (!accountId) return fail(chooseStanding, 'not_found');
    if (asked.organizationId === null) return { accountId };
    const grants = held.filter((one) => one.accountId === accountId).map(({ grant }) => grant);
    const organizationId = await firstReachable(em, accountId, grants, asked.organizationId);
    if (asked.organizationId && !organizationId) return fail(chooseStanding, 'not_found');
    return { accountId, organizationId };
  }
}

async function heldBy(em: EntityManager, holder: Standing['holder']): Promise<HeldGrant[]> {
  if ('grant' in holder) {
    const accountId = await accountOfScope(em, holder.grant.scope);
    return accountId ? [{ accountId, grant: holder.grant }] : [];
  }
  const where = { user: holder.userId, account: live };
  const memberships = await em.find(Membership, where, { orderBy: { createdAt: 'asc', id: 'asc' } });
  return memberships.map((one) => ({ accountId: one.account.id, grant: grantOfMembership(one) }));
}

async function firstReachable(
  em: EntityManager,
  accountId: string,
  grants: readonly Grant[],
  named: string | undefined,
): Promise<string | undefined> {
  const where = { $and: [{ accountId }, organizationsWithin(grants), ...(named ? [{ id: named }] : [])] };
  return (await em.findOne(Organization, where, { orderBy: { id: 'asc' } }))?.id;
}
