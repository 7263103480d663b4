import { type InputOf, listMembers, type Membership as MembershipView } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { pageOfRows } from '@valetkey/persistence';
import { EntityManager, type FilterQuery, type Loaded } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { containing } from '../search/containing.ts';
import { Membership } from './membership.entity.ts';
import { membersWithin } from './members-within.ts';

const populate = ['user', 'account', 'group', 'organization'] as const;

@Injectable()
export class ListMembersHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listMembers)
  async list({ accountId, limit, ...asked }: InputOf<typeof listMembers>, context: HandlerContext) {
    const em = this.em.fork();
    const within = await membersWithin(em, callerOf(context).grants);
    const where = { $and: [{ account: accountId }, within, matching(asked)] };
    const rows = await em.find(Membership, where, { orderBy: { id: 'desc' }, limit: limit + 1, populate });
    return pageOfRows(rows, limit, membershipView);
  }
}

type Asked = Pick<InputOf<typeof listMembers>, 'query' | 'role' | 'scopeType' | 'cursor'>;

function matching({ query, role, scopeType, cursor }: Asked): FilterQuery<Membership> {
  return {
    ...(query && { user: { search: containing(query) } }),
    ...(role && { role }),
    ...(scopeType && { scopeType }),
    ...(cursor && { id: { $lt: cursor } }),
  };
}

function membershipView(membership: Loaded<Membership, (typeof populate)[number]>): MembershipView {
  const { id, user, account, group, organization, scopeType, scopeId, role, createdAt } = membership;
  return {
    id,
    user: { id: user.userId, name: user.name, email: user.primaryEmail },
    scope: { type: scopeType, id: scopeId, name: (organization ?? group ?? account).name },
    role,
    createdAt: createdAt.toISOString(),
  };
}
