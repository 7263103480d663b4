import { type AccessEvent, byType, type Handled, on } from '@valetkey/access-events';
import { membershipChanged, membershipGranted, membershipRemoved } from '@valetkey/contracts';
import { Bus, type HandlerContext } from '@valetkey/messaging';
import { eachOnce, type EventsApplier, Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { endLostLinks } from '../access-links/end-lost-links.ts';
import { leaveLostPlaces } from './leave-lost-places.ts';

interface Applying {
  tx: Transaction;
  context: HandlerContext;
}

/**
 * Takes portal sessions out of where a membership's end leaves their users nothing, and ends access links with what they
 * stood on: their user is a member no more, or has become an owner, or their editor may lend them no more.
 */
@Injectable()
export class ApplyMembershipEvents implements EventsApplier {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  apply(events: readonly AccessEvent[]): Promise<Handled> {
    return eachOnce(this.outbox, events, (event, tx, context) => this.applyByType([event], { tx, context }));
  }

  private readonly applyByType = byType<Applying>(
    on(membershipGranted, (event, applying) => this.follow(event, applying, endLostLinks)),
    on(membershipChanged, (event, applying) => this.follow(event, applying, endLostLinks)),
    on(membershipRemoved, async (event, applying) => {
      await this.follow(event, applying, endLostLinks);
      await this.follow(event, applying, leaveLostPlaces);
    }),
  );

  private async follow(
    { accountid: accountId, data: { userId } }: { accountid?: string; data: { userId: string } },
    { tx, context }: Applying,
    effect: typeof endLostLinks,
  ): Promise<void> {
    if (accountId) await effect(tx, { userId, accountId }, { bus: this.bus, context });
  }
}
