import type { PartnershipStatus } from '@valetkey/contracts';

/** Past its expiry a pending partner token has lapsed, noted or not. */
export function shownStatus(
  { status, expiresAt }: { status: PartnershipStatus; expiresAt: Date | null },
  now: Date,
): PartnershipStatus {
  return status === 'pending' && expiresAt !== null && expiresAt <= now ? 'lapsed' : status;
}

/** Whether a company has taken it up and neither has ended it: it may be disabled. */
export function stands(status: PartnershipStatus): boolean {
  return status === 'active' || status === 'disabled';
}
