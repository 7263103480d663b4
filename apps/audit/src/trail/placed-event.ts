import type { AccessEvent } from '@valetkey/access-events';

/** An event as it stands in one trail. */
export interface PlacedEvent {
  /** The account’s id, or that of the platform's own trail. */
  trail: string;
  event: AccessEvent;
}
