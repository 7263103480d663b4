import type { AccessEventsConnection } from '../connection/connect-access-events.ts';
import type { BatchHandler } from './batch-handler.ts';
import { Dispatcher } from './dispatcher.ts';
import { Fetcher } from './fetcher.ts';
import { Parking } from './parking.ts';
import type { SubscriberObserver } from './subscriber-observer.ts';

/** 1 s, 5 s, 30 s, 2 min, 10 min. */
export const RETRY_DELAYS_MS: readonly number[] = [1_000, 5_000, 30_000, 120_000, 600_000];

export interface SubscribeOptions {
  connection: AccessEventsConnection;
  /** The durable consumer's name; the platform's set-up has made it. Replicas share it. */
  durable: string;
  /** e.g. `once(inbox, byType(on(sessionEnded, …)))`. */
  handle: BatchHandler;
  /** Milliseconds before each further try of an event that fails; after the last it is parked. */
  retryDelaysMs?: readonly number[];
  /**
   * Tells the subscriber's own outages from faults of an event, e.g. its database being away. Through an outage a batch is
   * held and tried again each second, however long it lasts, and nothing counts against its events.
   */
  isOutage?: (error: Error) => boolean;
  observer?: SubscriberObserver;
}

export interface AccessSubscription {
  /** Fetches no more and resolves once the batch in hand is done; what else had arrived is given back. */
  stop(): Promise<void>;
  /** Resolves when it has ended: with the error, if its connection was closed for good. */
  readonly closed: Promise<unknown>;
}

/**
 * Handles the access events of a durable, at least once each, from where it stands and for ever. What has arrived comes
 * as one batch, of up to 200. When a batch fails its events are tried singly; one that fails alone is tried again with
 * back-off, and at last parked in `ACCESS_DEAD` with the reason, while the others go on.
 */
export function subscribe(options: SubscribeOptions): AccessSubscription {
  const { connection, durable, handle, retryDelaysMs = RETRY_DELAYS_MS, isOutage = never, observer = {} } = options;
  const stopping = new AbortController();
  const fetcher = new Fetcher({ connection, durable, onStall: (reason) => observer.stalled?.(reason) });
  const parking = new Parking(connection, durable);
  const dispatcher = new Dispatcher({ handle, parking, retryDelaysMs, isOutage, stop: stopping.signal, observer });
  const closed = run(fetcher, dispatcher);
  return {
    closed,
    stop: async () => {
      stopping.abort();
      await fetcher.stop();
      await closed;
    },
  };
}

const never = () => false;

async function run(fetcher: Fetcher, dispatcher: Dispatcher): Promise<unknown> {
  try {
    for (let batch = await fetcher.next(); batch; batch = await fetcher.next()) await dispatcher.dispatch(batch);
    return undefined;
  } catch (error) {
    await fetcher.stop();
    return error;
  }
}
