import { fail, groupUpdated, type InputOf, matchingRevisions, updateGroup } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { grantsNow } from '../access/grants-now.ts';
import { mayStill } from '../access/may-still.ts';
import { changesBetween } from '../accounts/changes-between.rules.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { Foretelling } from '../units/foretelling.ts';
import { groupInSight } from './get-group.handler.ts';
import { Group } from './group.entity.ts';
import { groupRevision } from './group-rows.ts';

@Injectable()
export class UpdateGroupHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly foretelling: Foretelling,
  ) {}

  @Handles(updateGroup)
  async update({ accountId, groupId: id, name, dryRun }: InputOf<typeof updateGroup>, context: HandlerContext) {
    return this.outbox.transactional(context, async ({ em, emit }) => {
      if (!(await lockAccount(em, accountId))) return fail(updateGroup, 'not_found');
      if (!(await mayStill(em, updateGroup, context, accountId))) return fail(updateGroup, 'forbidden');
      const group = await groupInSight(em, await grantsNow(em, context, accountId), { accountId, groupId: id });
      if (!group) return fail(updateGroup, 'not_found');
      const taken = name !== undefined && (await em.findOne(Group, { accountId, name, id: { $ne: id } }));
      if (taken) return fail(updateGroup, 'name_taken');
      // A name opens nothing to anybody.
      if (dryRun) return this.foretelling.ofChange();

      const changes = changesBetween({ name: group.name }, { name });
      const version = group.version + (changes.length > 0 ? 1 : 0);
      const present = { ...group, name: name ?? group.name, version };
      const revisions = matchingRevisions(context.ifMatch);
      const where = { id, accountId, ...(revisions && { version: { $in: revisions } }) };
      if ((await em.nativeUpdate(Group, where, { name: present.name, version })) === 0)
        return fail(updateGroup, 'precondition_failed');
      if (changes.length > 0)
        emit(groupUpdated, { id, accountId, sequence: version, data: { name: present.name, changes } });
      return groupRevision(present);
    });
  }
}
