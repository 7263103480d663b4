import { type InputOf, keepAccount, moduleNames } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { closeAccount } from './close-account.ts';
import { endLentSessions, kindsLentBy } from './end-lent-sessions.ts';
import { keepDeleted, keepLimit, keepModules, keepPolicy } from './keep-account.ts';

/** What account events tell too, but later than the change they tell of is answered. */
@Injectable()
export class KeepAccountHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(keepAccount)
  async keep({ accountId: id, sequence, ...told }: InputOf<typeof keepAccount>, context: HandlerContext) {
    const { tokenSessionLimit, modules, portalIdleMinutes, portalMaxHours, deleted } = told;
    return this.outbox.transactional(context, async (tx) => {
      const account = { id, sequence };
      await keepLimit(tx.em, account, tokenSessionLimit);
      if (await keepModules(tx.em, account, modules)) {
        const off = moduleNames.filter((module) => !modules.includes(module));
        await endLentSessions(tx, id, { kinds: kindsLentBy(off), reason: 'module-disabled' });
      }
      if (portalIdleMinutes !== undefined && portalMaxHours !== undefined)
        await keepPolicy(tx.em, account, { portalIdleMinutes, portalMaxHours });
      if (deleted !== undefined && (await keepDeleted(tx.em, account, deleted)) && deleted) await closeAccount(tx, id);
      return {};
    });
  }
}
