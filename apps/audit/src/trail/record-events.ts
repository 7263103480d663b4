import { type AccessEvent, type Handled, once } from '@valetkey/access-events';
import { EventStream } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import type { EventsApplier } from '@valetkey/outbox';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { appendEvents } from './append-events.ts';
import { dropEntries } from './drop-trail.ts';
import { trailInbox } from './trail-inbox.ts';
import { isPurge, trailsOf } from './trails-of.ts';
import { UserAccounts } from './user-accounts.ts';

/** Keeps access events in their trails, and drops the trails of accounts that are gone for good. */
@Injectable()
export class RecordEvents implements EventsApplier {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly stream: EventStream,
    private readonly userAccounts: UserAccounts,
  ) {}

  /**
   * Of a purge each step can be done again, and is when its event comes again: so it is acknowledged only when all is
   * done. The stream keeps the event itself, for those who have not heard it yet.
   */
  async apply(events: readonly AccessEvent[], places: readonly number[]): Promise<Handled> {
    const purges = purgesAmong(events, places);
    for (const { account, place } of purges) await this.stream.forget(account, place);
    const handled = await this.append(events);
    for (const { account } of purges) await dropEntries(this.em, account);
    return handled;
  }

  private async append(events: readonly AccessEvent[]): Promise<Handled> {
    const accountsOf = await this.userAccounts.of(events);
    const append = once(trailInbox(this.em, this.clock), async (fresh, em) => {
      const placed = fresh.flatMap((event) => trailsOf(event, accountsOf));
      await appendEvents(
        em,
        placed,
        fresh.filter(isPurge).map(({ subject }) => subject),
      );
    });
    return append(events);
  }
}

function purgesAmong(events: readonly AccessEvent[], places: readonly number[]): { account: string; place: number }[] {
  return places.flatMap((place, n) => {
    const event = events[n];
    return event && isPurge(event) ? [{ account: event.subject, place }] : [];
  });
}
