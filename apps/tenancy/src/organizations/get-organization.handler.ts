import { fail, getOrganization, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { Organization } from './organization.entity.ts';
import { organizationView } from './organization-view.ts';
import { organizationsWithin } from './organizations-within.ts';

@Injectable()
export class GetOrganizationHandler {
  constructor(private readonly em: EntityManager) {}

  /** One out of the caller's scope is as unknown as another tenant's. */
  @Handles(getOrganization)
  async get({ accountId, organizationId: id }: InputOf<typeof getOrganization>, context: HandlerContext) {
    const where = { $and: [{ id, accountId }, organizationsWithin(callerOf(context).grants)] };
    const organization = await this.em.fork().findOne(Organization, where, { populate: ['group'] });
    if (!organization) return fail(getOrganization, 'not_found');
    return { ...organizationView(organization), revision: organization.version };
  }
}
