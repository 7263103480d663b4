import {
  fail,
  Failure,
  type Grant,
  type InputOf,
  matchingRevisions,
  organizationUpdated,
  updateOrganization,
} from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import type { EntityManager, Loaded } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { grantsNow } from '../access/grants-now.ts';
import { changesBetween } from '../accounts/changes-between.rules.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { Group } from '../groups/group.entity.ts';
import { findReachers } from '../units/find-reachers.ts';
import { Foretelling } from '../units/foretelling.ts';
import { reachChangeOfMove } from '../units/reach-change.rules.ts';
import { mayChange, mayMove } from '../units/unit.rules.ts';
import { Organization } from './organization.entity.ts';
import { organizationInSight } from './organization-in-sight.ts';
import { organizationRevision } from './organization-view.ts';

type Input = InputOf<typeof updateOrganization>;

@Injectable()
export class UpdateOrganizationHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly foretelling: Foretelling,
  ) {}

  @Handles(updateOrganization)
  async update(input: Input, context: HandlerContext) {
    const { accountId, organizationId: id, name, groupId } = input;
    return this.outbox.transactional(context, async ({ em, emit }) => {
      if (!(await lockAccount(em, accountId))) return fail(updateOrganization, 'not_found');
      const organization = await toChange(em, await grantsNow(em, context, accountId), input);
      if (organization instanceof Failure) return organization;
      const refused = await refuse(em, input);
      if (refused) return refused;
      if (input.dryRun) return this.foretell(em, organization, groupId);

      const present = { name: organization.name, groupId: organization.group?.id ?? null };
      const changes = changesBetween(present, { name, groupId });
      const version = organization.version + (changes.length > 0 ? 1 : 0);
      const revisions = matchingRevisions(context.ifMatch);
      const changed = await em.nativeUpdate(
        Organization,
        { id, accountId, ...(revisions && { version: { $in: revisions } }) },
        { name: name ?? organization.name, ...(groupId !== undefined && { group: groupId }), version },
      );
      if (changed === 0) return fail(updateOrganization, 'precondition_failed');
      await em.refresh(organization, { populate: ['group'] });
      if (changes.length > 0)
        emit(organizationUpdated, { id, accountId, sequence: version, data: { name: organization.name, changes } });
      return organizationRevision(organization);
    });
  }

  private async foretell(
    em: EntityManager,
    { id, accountId, group }: Loaded<Organization, 'group'>,
    groupId: string | null | undefined,
  ) {
    const [from, to] = [group?.id ?? null, groupId === undefined ? (group?.id ?? null) : groupId];
    if (from === to) return this.foretelling.ofChange();
    const people = await findReachers(
      em,
      accountId,
      [from, to].flatMap((one) => one ?? []),
    );
    return this.foretelling.ofChange(reachChangeOfMove(people, { id, groupId: from }, { id, groupId: to }));
  }
}

/** The organization, if who holds these grants sees it and may change it so. */
async function toChange(em: EntityManager, grants: readonly Grant[], input: Input) {
  const organization = await organizationInSight(em, grants, input);
  if (!organization) return fail(updateOrganization, 'not_found');
  const unit = { type: 'organization' as const, id: organization.id, groupId: organization.group?.id ?? null };
  const allowed = mayChange(grants, unit) && (input.groupId === undefined || mayMove(grants));
  return allowed ? organization : fail(updateOrganization, 'forbidden');
}

/** Under the account's lock, so that no other write takes the name meanwhile. */
async function refuse(em: EntityManager, { accountId, organizationId, groupId, name }: Input) {
  if (groupId && !(await em.findOne(Group, { id: groupId, accountId }))) return fail(updateOrganization, 'not_found');
  const taken =
    name !== undefined && (await em.findOne(Organization, { accountId, name, id: { $ne: organizationId } }));
  return taken ? fail(updateOrganization, 'name_taken') : undefined;
}
