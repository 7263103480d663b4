import { Failure, type InputOf, revokePartnerUser } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { endPartnerUsers } from './end-partner-users.ts';
import { lockPartnerUser } from './lock-partner-user.ts';

@Injectable()
export class RevokePartnerUserHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(revokePartnerUser)
  async revoke(input: InputOf<typeof revokePartnerUser>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, revokePartnerUser, context, input.accountId);
      if (actor instanceof Failure) return actor;
      const locked = await lockPartnerUser(tx.em, input);
      if (locked instanceof Failure) return locked;
      const values = [locked.user.id];
      await endPartnerUsers(tx, [locked.partnership], { by: 'provider', where: 'u.id = $1', values });
      return {};
    });
  }
}
