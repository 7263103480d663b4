import { addMembership, fail, Failure, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { insertMembership } from './insert-membership.ts';
import { isMemberInSight } from './membership-in-sight.ts';
import { membershipView } from './membership-view.ts';
import { placeToGrant } from './place-to-grant.ts';

@Injectable()
export class AddMembershipHandler {
  constructor(private readonly outbox: Outbox) {}

  /** Somebody whom the actor does not see is a stranger, a member elsewhere in the account too: strangers are invited. */
  @Handles(addMembership)
  async add({ accountId, userId, scope, role }: InputOf<typeof addMembership>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, addMembership, context, accountId);
      if (actor instanceof Failure) return actor;
      const place = await placeToGrant(tx.em, actor, { scope, role });
      if (place instanceof Failure) return place;
      if (!(await isMemberInSight(tx.em, actor.grants, { accountId, userId }))) return fail(addMembership, 'not_found');
      if (userId === actor.userId) return fail(addMembership, 'own_role');
      const made = await insertMembership(tx, { accountId, userId, scope, role });
      return made ? membershipView(made) : fail(addMembership, 'already_member');
    });
  }
}
