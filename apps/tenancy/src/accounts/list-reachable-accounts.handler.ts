import { type InputOf, listReachableAccounts } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { shownGrant } from '../access/decide-access.rules.ts';
import { grantOfMembership } from '../members/grant-of-membership.ts';
import { Membership } from '../members/membership.entity.ts';
import { live } from './account.entity.ts';

@Injectable()
export class ListReachableAccountsHandler {
  constructor(private readonly em: EntityManager) {}

  /** By name; each with the role that a session standing in the account as a whole would show. */
  @Handles(listReachableAccounts)
  async list(_input: InputOf<typeof listReachableAccounts>, context: HandlerContext) {
    const where = { user: callerOf(context).subject.id, account: live };
    const orderBy = { account: { name: 'asc', id: 'asc' }, id: 'asc' } as const;
    const memberships = await this.em.fork().find(Membership, where, { orderBy, populate: ['account'] });
    return [...Map.groupBy(memberships, ({ account }) => account)].flatMap(([{ id, name }, held]) => {
      const role = shownGrant(held.map(grantOfMembership), undefined)?.role;
      return role ? [{ account: { id, name }, role, via: 'membership' as const }] : [];
    });
  }
}
