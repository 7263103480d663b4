import { type InputOf, listOrganizations } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { pageOfRows } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { containing } from '../search/containing.ts';
import { Organization } from './organization.entity.ts';
import { organizationView } from './organization-view.ts';
import { organizationsWithin } from './organizations-within.ts';

@Injectable()
export class ListOrganizationsHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listOrganizations)
  async list({ accountId, query, groupId, limit, cursor }: InputOf<typeof listOrganizations>, context: HandlerContext) {
    const matching = {
      ...(query && { name: containing(query) }),
      ...(groupId && { group: groupId }),
      ...(cursor && { id: { $lt: cursor } }),
    };
    const where = { $and: [{ accountId }, organizationsWithin(callerOf(context).grants), matching] };
    const options = { orderBy: { id: 'desc' }, limit: limit + 1, populate: ['group'] } as const;
    const rows = await this.em.fork().find(Organization, where, options);
    return pageOfRows(rows, limit, organizationView);
  }
}
