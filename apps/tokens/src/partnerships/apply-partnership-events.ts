import { type AccessEvent, byType, type Handled, on } from '@valetkey/access-events';
import { partnerUserRevoked, partnershipDeleted, partnershipRevoked, type PartnershipSide } from '@valetkey/contracts';
import { Bus, type HandlerContext } from '@valetkey/messaging';
import { eachOnce, type EventsApplier, Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { leaveLostPlaces } from '../memberships/leave-lost-places.ts';
import { leaveLostAccount } from './leave-lost-account.ts';

interface Applying {
  tx: Transaction;
  context: HandlerContext;
}

/**
 * Takes a partner's users out of the client's account once they may stand there no more. Of the two events that tell it, the
 * client's names that account. All of a partnership that has ended leave at once; each user's own event, which comes later,
 * then finds nobody.
 */
@Injectable()
export class ApplyPartnershipEvents implements EventsApplier {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  apply(events: readonly AccessEvent[]): Promise<Handled> {
    return eachOnce(this.outbox, events, (event, tx, context) => this.applyByType([event], { tx, context }));
  }

  private readonly applyByType = byType<Applying>(
    on(partnershipRevoked, async ({ accountid, data: { side } }, applying) => this.leave(accountid, side, applying)),
    on(partnershipDeleted, async ({ accountid, data: { side } }, applying) => this.leave(accountid, side, applying)),
    on(partnerUserRevoked, async ({ accountid: accountId, data: { side, user } }, { tx, context }) => {
      if (!accountId || side === 'provider') return;
      await leaveLostPlaces(tx, { userId: user.id, accountId }, { bus: this.bus, context });
    }),
  );

  private async leave(accountId: string | undefined, side: PartnershipSide, { tx, context }: Applying): Promise<void> {
    if (accountId && side === 'client') await leaveLostAccount(tx, accountId, { bus: this.bus, context });
  }
}
