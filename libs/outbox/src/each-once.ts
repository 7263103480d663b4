import type { AccessEvent, Handled } from '@valetkey/access-events';
import type { HandlerContext } from '@valetkey/messaging';
import { eventContext } from './contexts.ts';
import { takeUnhandled } from './inbox.ts';
import type { Outbox } from './outbox.ts';
import type { Transaction } from './transaction.ts';

/**
 * Gives each event its effect once, in a transaction of its own together with the note of that: what it changes is told as
 * the act of the event's author.
 */
export async function eachOnce<Event extends AccessEvent>(
  outbox: Outbox,
  events: readonly Event[],
  apply: (event: Event, tx: Transaction, context: HandlerContext) => Promise<void>,
): Promise<Handled> {
  let duplicates = 0;
  for (const event of events) {
    const context = eventContext(event);
    const fresh = await outbox.transactional(context, async (tx) => {
      if (!(await takeUnhandled(tx.em, [event.id], tx.now)).has(event.id)) return false;
      await apply(event, tx, context);
      return true;
    });
    if (!fresh) duplicates += 1;
  }
  return { duplicates };
}
