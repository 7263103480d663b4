import type { AccessEvent } from '../access-event.ts';
import type { Handled } from '../durable/batch-handler.ts';

/** Where a subscriber keeps the ids of the events it has handled: beside the effect, in the same transaction. */
export interface Inbox<Tx> {
  /** Runs the work in one transaction: it commits when the work succeeds, and rolls back when it throws. */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /**
   * Notes ids and answers those that were not noted before, e.g.
   * `INSERT INTO inbox (id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING RETURNING id`.
   */
  claim(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Makes a handler's effect happen once per event, however often the event comes. */
export function once<Tx>(
  inbox: Inbox<Tx>,
  handle: (events: readonly AccessEvent[], tx: Tx) => Promise<void>,
): (events: readonly AccessEvent[]) => Promise<Handled> {
  return (events) =>
    inbox.transaction(async (tx) => {
      const distinct = new Map(events.map((event) => [event.id, event]));
      const unseen = await inbox.claim(tx, [...distinct.keys()]);
      const fresh = [...distinct.values()].filter(({ id }) => unseen.has(id));
      if (fresh.length > 0) await handle(fresh, tx);
      return { duplicates: events.length - fresh.length };
    });
}
