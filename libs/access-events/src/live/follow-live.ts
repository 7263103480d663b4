import type { AccessEventsConnection } from '../connection/connect-access-events.ts';
import { Feed } from './feed.ts';
import type { LiveListener } from './live-listener.ts';

export interface LiveFeed {
  stop(): void;
}

/**
 * Follows all access events as they happen, without memory: what happens while the connection is away is not made up
 * for, but said, at once. An event that cannot be read, or at which the listener fails, counts as missed.
 *
 * A reader that falls behind is noticed too: events are handed over straight from the socket, so the answers to the
 * connection's pings queue up behind them, and a lag of 1.5 s is taken for a cut. Beyond what it buffers, the server
 * cuts a slow consumer off by itself.
 *
 * @throws ClosedConnectionError when the connection is closed for good.
 */
export function followLive(connection: AccessEventsConnection, listener: LiveListener): LiveFeed {
  const feed = new Feed(connection, listener);
  void feed.watchConnection();
  feed.resume();
  return feed;
}
