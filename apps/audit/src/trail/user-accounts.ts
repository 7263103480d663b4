import type { AccessEvent } from '@valetkey/access-events';
import { listMembershipAccounts } from '@valetkey/contracts';
import { Bus, insist } from '@valetkey/messaging';
import { eventContext } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { isSecurityEvent } from './security-events.rules.ts';

/** Which accounts hear of a user's security events: those of their memberships when the event is kept. */
@Injectable()
export class UserAccounts {
  constructor(private readonly bus: Bus) {}

  /**
   * Ids of accounts by those of the users whom the events are about.
   *
   * @throws EarlyAnswer when tenancy does not answer: then nobody knows where the events belong.
   */
  async of(events: readonly AccessEvent[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const byUser = new Map(events.filter(isSecurityEvent).map((event) => [event.subject, event]));
    return new Map(
      await Promise.all([...byUser].map(async ([id, event]) => [id, await this.accountsOf(event)] as const)),
    );
  }

  private async accountsOf(event: AccessEvent): Promise<string[]> {
    const answer = insist(
      listMembershipAccounts,
      await this.bus.ask(listMembershipAccounts, { userId: event.subject }, eventContext(event)),
    );
    return answer.accounts.map(({ id }) => id);
  }
}
