import { Failure, type InputOf, removeMembership } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { membershipToManage } from './membership-to-manage.ts';
import { removeMemberships } from './remove-memberships.ts';

@Injectable()
export class RemoveMembershipHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(removeMembership)
  async remove({ accountId, membershipId }: InputOf<typeof removeMembership>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, removeMembership, context, accountId);
      if (actor instanceof Failure) return actor;
      const present = await membershipToManage(tx.em, actor, membershipId);
      if (present instanceof Failure) return present;
      await removeMemberships(tx, accountId, { where: 'm.id = $2', values: [membershipId] });
      return {};
    });
  }
}
