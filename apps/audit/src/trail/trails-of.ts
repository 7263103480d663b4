import type { AccessEvent } from '@valetkey/access-events';
import { accountPurged } from '@valetkey/contracts';
import type { PlacedEvent } from './placed-event.ts';
import { isSecurityEvent } from './security-events.rules.ts';

/** The platform's own chain stands under the Nil UUID (RFC 9562 §5.9), which no account has. */
export const PLATFORM_TRAIL = '00000000-0000-0000-0000-000000000000';

/**
 * Where an event is kept, and as what. The trail of its account has it as it is, or the platform's where it has none. Of a
 * user's security events each account of theirs has a copy besides, which says whose trail it stands in. That an account
 * was purged is noted by the platform alone, and without its name.
 */
export function trailsOf(event: AccessEvent, accountsOf: ReadonlyMap<string, readonly string[]>): PlacedEvent[] {
  if (isPurge(event)) return [{ trail: PLATFORM_TRAIL, event: { ...event, accountid: undefined, data: {} } }];
  const own = { trail: event.accountid ?? PLATFORM_TRAIL, event };
  if (!isSecurityEvent(event)) return [own];
  const accounts = accountsOf.get(event.subject) ?? [];
  return [own, ...accounts.map((accountid) => ({ trail: accountid, event: { ...event, accountid } }))];
}

/** Whether an event says that an account is gone for good. */
export function isPurge({ type }: AccessEvent): boolean {
  return type === accountPurged.type;
}
