import type { AccessEvent } from '@valetkey/access-events';

/** The platform's own chain stands under the Nil UUID (RFC 9562 §5.9), which no account has. */
export const PLATFORM_TRAIL = '00000000-0000-0000-0000-000000000000';

/** The id of the account in whose trail an event is kept. */
export function trailOf(event: AccessEvent): string {
  return event.accountid ?? PLATFORM_TRAIL;
}
