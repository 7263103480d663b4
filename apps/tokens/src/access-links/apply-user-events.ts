import { type AccessEvent, byType, type Handled, on } from '@valetkey/access-events';
import { emailRemoved } from '@valetkey/contracts';
import { eachOnce, type EventsApplier, Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { deleteAccessLinks } from './delete-access-links.ts';

/** Deletes links that were mailed to an address which its user has removed; what had ended already stays as it is. */
@Injectable()
export class ApplyUserEvents implements EventsApplier {
  constructor(private readonly outbox: Outbox) {}

  apply(events: readonly AccessEvent[]): Promise<Handled> {
    const removals = events.filter(({ type }) => type === emailRemoved.type);
    return eachOnce(this.outbox, removals, (event, tx) => applyByType([event], tx));
  }
}

const applyByType = byType<Transaction>(
  on(emailRemoved, async ({ subject: userId, data: { emailId } }, tx) => {
    const where = `user_id = $1 AND email_id = $2 AND status <> 'expired' AND expires_at > $3`;
    await deleteAccessLinks(tx, { where, values: [userId, emailId, tx.now] });
  }),
);
