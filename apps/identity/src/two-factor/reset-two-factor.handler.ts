import { fail, type InputOf, resetTwoFactor, resetTwoFactorAsOperator } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { userView } from '../users/user-view.ts';
import { User } from '../users/user.entity.ts';
import { turnOff, type TurnedOffBy } from './turn-off.ts';

/** For users who can give no code any more. Who may ask for it, the asker has found out. */
@Injectable()
export class ResetTwoFactorHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(resetTwoFactor)
  async resetForOwner({ userId }: InputOf<typeof resetTwoFactor>, context: HandlerContext) {
    return this.reset(userId, 'owner', context);
  }

  @Handles(resetTwoFactorAsOperator)
  async resetForOperator({ userId }: InputOf<typeof resetTwoFactorAsOperator>, context: HandlerContext) {
    return this.reset(userId, 'operator', context);
  }

  private async reset(id: string, by: TurnedOffBy, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const user = await tx.em.findOne(User, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!user) return fail(resetTwoFactor, 'not_found');
      return (await turnOff(tx, user, by)) ? userView(tx.em, user) : fail(resetTwoFactor, 'two_factor_off');
    });
  }
}
