import { deleteOrganization, fail, getOrganization, Id, type InputOf, updateOrganization } from '@valetkey/contracts';
import { Finds, type HandlerContext, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { organizationInSight } from './organization-in-sight.ts';
import { organizationRevision } from './organization-view.ts';

@Injectable()
export class GetOrganizationHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(getOrganization)
  async get(input: InputOf<typeof getOrganization>, context: HandlerContext) {
    const organization = await organizationInSight(this.em.fork(), callerOf(context).grants, input);
    return organization ? organizationRevision(organization) : fail(getOrganization, 'not_found');
  }

  @Finds(updateOrganization, deleteOrganization)
  async exists(input: Record<string, unknown>, context: HandlerContext) {
    const ids = { accountId: Id.parse(input['accountId']), organizationId: Id.parse(input['organizationId']) };
    return (await organizationInSight(this.em.fork(), callerOf(context).grants, ids)) !== null;
  }
}
