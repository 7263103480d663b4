import { deleteGroup, fail, groupDeleted, type InputOf, organizationUpdated } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { grantsNow } from '../access/grants-now.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { mayDelete } from '../accounts/may-delete.rules.ts';
import { endWhatIsScopedTo } from '../units/end-what-is-scoped-to.ts';
import { findReachers } from '../units/find-reachers.ts';
import { Foretelling } from '../units/foretelling.ts';
import { reachChangeOfDisbanding } from '../units/reach-change.rules.ts';
import { Group } from './group.entity.ts';

@Injectable()
export class DeleteGroupHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly foretelling: Foretelling,
  ) {}

  /** Its organizations stay, in no group. Access keys and login tokens of the group end by its event. */
  @Handles(deleteGroup)
  async delete({ accountId, groupId: id, dryRun }: InputOf<typeof deleteGroup>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const { em, emit } = tx;
      const account = await lockAccount(em, accountId);
      if (!account) return fail(deleteGroup, 'not_found');
      const grants = await grantsNow(em, context, accountId);
      if (!mayDelete(grants, account)) return fail(deleteGroup, 'forbidden');
      const group = await em.findOne(Group, { id, accountId });
      if (!group) return fail(deleteGroup, 'not_found');

      const scope = { type: 'group', id } as const;
      if (dryRun) {
        const reach = reachChangeOfDisbanding(await findReachers(em, accountId, [id]), id);
        return this.foretelling.ofDeletion(em, { accountId, scope, reach, grants }, context);
      }
      await endWhatIsScopedTo(tx, accountId, scope);
      await releaseOrganizations(tx, accountId, id);
      await em.nativeDelete(Group, { id, accountId });
      emit(groupDeleted, { id, accountId, sequence: group.version + 1, data: { name: group.name } });
      return {};
    });
  }
}

async function releaseOrganizations({ em, emit }: Transaction, accountId: string, groupId: string): Promise<void> {
  const released = await sql<{ id: string; name: string; version: number }>(
    em,
    `UPDATE organizations SET group_id = NULL, version = version + 1 WHERE account_id = $1 AND group_id = $2
     RETURNING id, name, version`,
    [accountId, groupId],
  );
  for (const { id, name, version: sequence } of released) {
    const changes = [{ field: 'groupId', from: groupId, to: null }];
    emit(organizationUpdated, { id, accountId, sequence, data: { name, changes } });
  }
}
