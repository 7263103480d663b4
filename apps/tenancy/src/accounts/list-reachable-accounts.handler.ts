import { type InputOf, listReachableAccounts, type OutputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { shownGrant } from '../access/decide-access.rules.ts';
import { partnerGrantsOf } from '../access/partner-grants-of.ts';
import { grantOfMembership } from '../members/grant-of-membership.ts';
import { Membership } from '../members/membership.entity.ts';
import { Account, live } from './account.entity.ts';

type Way = Omit<OutputOf<typeof listReachableAccounts>[number], 'account'>;

@Injectable()
export class ListReachableAccountsHandler {
  constructor(private readonly em: EntityManager) {}

  /** By name; each with the role that a session standing in the account as a whole would show. */
  @Handles(listReachableAccounts)
  async list(_input: InputOf<typeof listReachableAccounts>, context: HandlerContext) {
    const em = this.em.fork();
    const userId = callerOf(context).subject.id;
    const ways = new Map([...(await byPartnership(em, userId)), ...(await byMembership(em, userId))]);
    const where = { id: { $in: [...ways.keys()] }, ...live };
    const accounts = await em.find(Account, where, { orderBy: { name: 'asc', id: 'asc' } });
    return accounts.flatMap(({ id, name }) => {
      const way = ways.get(id);
      return way ? [{ account: { id, name }, ...way }] : [];
    });
  }
}

async function byMembership(em: EntityManager, user: string): Promise<[string, Way][]> {
  const memberships = await em.find(Membership, { user }, { orderBy: { id: 'asc' } });
  return [...Map.groupBy(memberships, ({ account }) => account.id)].flatMap(([accountId, held]): [string, Way][] => {
    const role = shownGrant(held.map(grantOfMembership), undefined)?.role;
    return role ? [[accountId, { role, via: 'membership' }]] : [];
  });
}

async function byPartnership(em: EntityManager, userId: string): Promise<[string, Way][]> {
  const grants = await partnerGrantsOf(em, userId);
  return grants.map(({ accountId, partnership: { id: partnershipId } }) => [
    accountId,
    { role: 'partner', via: 'partnership', partnershipId },
  ]);
}
