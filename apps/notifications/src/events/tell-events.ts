import { type AccessEvent, byType, type Handled } from '@valetkey/access-events';
import { Clock } from '@valetkey/observability';
import { type EventsApplier, takeUnhandled } from '@valetkey/outbox';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/directory.ts';
import { Doorbell } from '../queue/doorbell.ts';
import { accessLinkEvents } from './access-link-events.ts';
import { accountEvents } from './account-events.ts';
import { credentialEvents } from './credential-events.ts';
import { forgetAccount } from './forget-account.ts';
import { membershipEvents } from './membership-events.ts';
import { Occasion } from './occasion.ts';
import { partnershipEvents } from './partnership-events.ts';
import { partnerUserEvents } from './partner-user-events.ts';
import { Tellings } from './tellings.ts';
import { userEvents } from './user-events.ts';

const findTellings = byType<Occasion>(
  ...userEvents,
  ...membershipEvents,
  ...accountEvents,
  ...credentialEvents,
  ...accessLinkEvents,
  ...partnershipEvents,
  ...partnerUserEvents,
);

/** Makes mails of access events: of each event one to every address concerned, however often the event comes. */
@Injectable()
export class TellEvents implements EventsApplier {
  constructor(
    private readonly em: EntityManager,
    private readonly directory: Directory,
    private readonly tellings: Tellings,
    private readonly doorbell: Doorbell,
    private readonly clock: Clock,
  ) {}

  /**
   * An event in each transaction.
   *
   * @throws EarlyAnswer while identity, tenancy or tokens cannot say whom to tell.
   */
  async apply(events: readonly AccessEvent[]): Promise<Handled> {
    let duplicates = 0;
    for (const event of events) if (!(await this.applyOne(event))) duplicates += 1;
    return { duplicates };
  }

  private async applyOne(event: AccessEvent): Promise<boolean> {
    const occasion = new Occasion(event, this.directory);
    await findTellings([event], occasion);
    const mailboxes = await this.directory.mailboxes(
      occasion.tellings.map(({ userId }) => userId),
      occasion.context,
    );
    const isNew = await this.em.fork().transactional(async (em) => {
      const now = this.clock.now();
      if (!(await takeUnhandled(em, [event.id], now)).has(event.id)) return false;
      await this.tellings.keep(em, occasion, mailboxes, now);
      await forgetAccount([event], em);
      return true;
    });
    if (isNew && occasion.tellings.length > 0) this.doorbell.ring();
    return isNew;
  }
}
