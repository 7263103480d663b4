import { type InputOf, listMembers } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { type Reach, reachOf } from '../access/reach.rules.ts';
import { findPage } from '../search/find-page.ts';
import type { Listing } from '../search/listing.ts';
import { findMemberships } from './membership-rows.ts';
import { membershipView } from './membership-view.ts';

@Injectable()
export class ListMembersHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listMembers)
  async list(asked: InputOf<typeof listMembers>, context: HandlerContext) {
    const em = this.em.fork();
    const { ids, nextCursor } = await findPage(em, members(asked, reachOf(callerOf(context).grants)), asked);
    const page = { where: 'm.id = ANY($2::uuid[]) ORDER BY m.id DESC', values: [ids] };
    return { items: (await findMemberships(em, asked.accountId, page)).map(membershipView), nextCursor };
  }
}

function members({ accountId, role, scopeType, cursor }: InputOf<typeof listMembers>, reach: Reach): Listing {
  const lanes = {
    scope_type: scopeType ? [scopeType] : ['group', 'organization'],
    role: role ? [role] : ['manager', 'viewer'],
  };
  return {
    table: 'memberships',
    of: { column: 'account_id', id: accountId },
    reach,
    group: 'within_group_id',
    organization: 'organization_id',
    only: (parameters) => [
      ...(role ? [`m.role = ${parameters.unknown(role, 'text')}`] : []),
      ...(scopeType ? [`m.scope_type = ${parameters.unknown(scopeType, 'text')}`] : []),
    ],
    ...((role || scopeType) && { lanes }),
    cursor,
    texts: [{ table: 'profiles', column: 'search', key: 'user_id', of: 'user_id' }],
  };
}
