import { deleteOrganization, fail, type InputOf, organizationDeleted } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { grantsNow } from '../access/grants-now.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { mayDelete } from '../accounts/may-delete.rules.ts';
import { endWhatIsScopedTo } from '../units/end-what-is-scoped-to.ts';
import { findReachers } from '../units/find-reachers.ts';
import { Foretelling } from '../units/foretelling.ts';
import { reachChangeOfDeletion } from '../units/reach-change.rules.ts';
import { Organization } from './organization.entity.ts';
import { organizationInSight } from './organization-in-sight.ts';

@Injectable()
export class DeleteOrganizationHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly foretelling: Foretelling,
  ) {}

  /** Access keys and login tokens of the organization end by its event; from here on nothing they carry holds any more. */
  @Handles(deleteOrganization)
  async delete({ accountId, organizationId: id, dryRun }: InputOf<typeof deleteOrganization>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const { em, emit } = tx;
      const account = await lockAccount(em, accountId);
      if (!account) return fail(deleteOrganization, 'not_found');
      const grants = await grantsNow(em, context, accountId);
      if (!mayDelete(grants, account)) return fail(deleteOrganization, 'forbidden');
      const organization = await organizationInSight(em, grants, { accountId, organizationId: id });
      if (!organization) return fail(deleteOrganization, 'not_found');

      const scope = { type: 'organization', id } as const;
      if (dryRun) {
        const groupId = organization.group?.id ?? null;
        const people = await findReachers(em, accountId, [id, ...(groupId ? [groupId] : [])]);
        const reach = reachChangeOfDeletion(people, { id, groupId });
        return this.foretelling.ofDeletion(em, { accountId, scope, reach, grants }, context);
      }
      await endWhatIsScopedTo(tx, accountId, scope);
      const { name, version } = organization;
      await em.nativeDelete(Organization, { id, accountId });
      emit(organizationDeleted, { id, accountId, sequence: version + 1, data: { name } });
      return {};
    });
  }
}
