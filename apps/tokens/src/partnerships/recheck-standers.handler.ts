import { type InputOf, recheckStanders } from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { leaveLostAccount } from './leave-lost-account.ts';

@Injectable()
export class RecheckStandersHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  @Handles(recheckStanders)
  async recheck({ accountId }: InputOf<typeof recheckStanders>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      await leaveLostAccount(tx, accountId, { bus: this.bus, context });
      return {};
    });
  }
}
