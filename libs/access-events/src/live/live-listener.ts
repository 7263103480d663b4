import type { AccessEvent } from '../access-event.ts';

/** Called in the order of arrival, each to its end before anything else is read from the connection. */
export interface LiveListener {
  /** From here on nothing is missed, until {@link LiveListener.onLost}. */
  onFollowing(): void;
  /** An event, and the subject it came on. */
  onEvent(event: AccessEvent, subject: string): void;
  /** The relay of a service (`identity`, `tenancy`, `tokens` …) has nothing unsent. It says so every 500 ms. */
  onHeartbeat(service: string): void;
  /** Events may have been missed, and may be until {@link LiveListener.onFollowing}. */
  onLost(reason: string): void;
}
