import { cancelInvitation, fail, Failure, Id, type InputOf, resendInvitation } from '@valetkey/contracts';
import { Finds, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { callerOf } from '../access/caller-of.ts';
import { endInvitations } from './end-invitations.ts';
import { invitationInSight, invitationToManage } from './invitation-to-manage.ts';

@Injectable()
export class CancelInvitationHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
  ) {}

  @Handles(cancelInvitation)
  async cancel({ accountId, invitationId }: InputOf<typeof cancelInvitation>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, cancelInvitation, context, accountId);
      if (actor instanceof Failure) return actor;
      const present = await invitationToManage(tx.em, actor, invitationId);
      if (present instanceof Failure) return present;
      const where = 'account_id = $2 AND id = $3 AND expires_at > $4';
      const canceled = await endInvitations(tx, 'canceled', { where, values: [accountId, invitationId, tx.now] });
      return canceled > 0 ? {} : fail(cancelInvitation, 'invitation_ended');
    });
  }

  @Finds(cancelInvitation, resendInvitation)
  async exists(input: Record<string, unknown>, context: HandlerContext) {
    const [accountId, invitationId] = [Id.parse(input['accountId']), Id.parse(input['invitationId'])];
    const row = await invitationInSight(this.em.fork(), callerOf(context).grants, { accountId, invitationId });
    return row !== undefined;
  }
}
