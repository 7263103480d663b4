import { type AccessEvent, byType, type Handled, on } from '@valetkey/access-events';
import { membershipRemoved } from '@valetkey/contracts';
import { Bus, type HandlerContext } from '@valetkey/messaging';
import { eachOnce, type EventsApplier, Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { leaveLostPlaces } from './leave-lost-places.ts';

/** Takes portal sessions out of where a membership's end leaves their users nothing. */
@Injectable()
export class ApplyMembershipEvents implements EventsApplier {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  apply(events: readonly AccessEvent[]): Promise<Handled> {
    const removals = events.filter(({ type }) => type === membershipRemoved.type);
    return eachOnce(this.outbox, removals, (event, tx, context) => this.applyByType([event], { tx, context }));
  }

  private readonly applyByType = byType<{ tx: Transaction; context: HandlerContext }>(
    on(membershipRemoved, async ({ accountid, data: { userId } }, { tx, context }) => {
      if (accountid) await leaveLostPlaces(tx, { userId, accountId: accountid }, { bus: this.bus, context });
    }),
  );
}
