import { type InputOf, listOrganizations } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { type Reach, reachOf } from '../access/reach.rules.ts';
import { findPage } from '../search/find-page.ts';
import type { Listing } from '../search/listing.ts';
import { Organization } from './organization.entity.ts';
import { organizationView } from './organization-view.ts';

@Injectable()
export class ListOrganizationsHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listOrganizations)
  async list(asked: InputOf<typeof listOrganizations>, context: HandlerContext) {
    const em = this.em.fork();
    const { accountId } = asked;
    const { ids, nextCursor } = await findPage(em, organizations(asked, reachOf(callerOf(context).grants)), asked);
    const options = { orderBy: { id: 'desc' }, populate: ['group'] } as const;
    const rows = await em.find(Organization, { accountId, id: { $in: ids } }, options);
    return { items: rows.map(organizationView), nextCursor };
  }
}

function organizations({ accountId, groupId, cursor }: InputOf<typeof listOrganizations>, reach: Reach): Listing {
  return {
    table: 'organizations',
    of: { column: 'account_id', id: accountId },
    reach,
    group: 'group_id',
    organization: 'id',
    only: (parameters) => (groupId ? [`m.group_id = ${parameters.unknown(groupId, 'uuid')}`] : []),
    cursor,
    texts: [{ table: 'organizations', column: 'name', key: 'id', of: 'id' }],
  };
}
