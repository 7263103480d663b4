import { type AccessEvent, byType, type Handled, on } from '@valetkey/access-events';
import { type AccessLinkDelivery, mailFailed, type MailContent, mailSent } from '@valetkey/contracts';
import { eachOnce, type EventsApplier, Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';

const template: MailContent['template'] = 'access-link';

/** Notes on links what came of their mails. */
@Injectable()
export class ApplyMailEvents implements EventsApplier {
  constructor(private readonly outbox: Outbox) {}

  apply(events: readonly AccessEvent[]): Promise<Handled> {
    return eachOnce(this.outbox, events, (event, tx) => applyByType([event], tx));
  }
}

const applyByType = byType<Transaction>(
  on(mailSent, async ({ subject: mailId, data }, tx) => {
    if (data.template === template) await note(tx, mailId, 'sent');
  }),
  on(mailFailed, async ({ subject: mailId, data }, tx) => {
    // What nobody wanted any more was not tried.
    if (data.template === template && data.reason !== 'not-wanted') await note(tx, mailId, 'failed');
  }),
);

/** Of the present mail alone. One that an operator has tried again may be sent after it failed, and never the reverse. */
async function note({ em }: Transaction, mailId: string, delivery: AccessLinkDelivery): Promise<void> {
  const from = delivery === 'sent' ? ['queued', 'failed'] : ['queued'];
  await sql(em, 'UPDATE access_links SET delivery = $2 WHERE mail_id = $1 AND delivery = ANY($3::text[])', [
    mailId,
    delivery,
    from,
  ]);
}
