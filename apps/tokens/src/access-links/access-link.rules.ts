import { MAX_ACCESS_LINK_DAYS } from '@valetkey/contracts';

const DAY_MS = 24 * 3_600_000;

/** Why a link may not expire then, if it may not. */
export function refuseExpiry(expiresAt: Date, now: Date): 'expiry_not_future' | 'expiry_too_far' | undefined {
  if (expiresAt <= now) return 'expiry_not_future';
  return expiresAt.getTime() > now.getTime() + MAX_ACCESS_LINK_DAYS * DAY_MS ? 'expiry_too_far' : undefined;
}
