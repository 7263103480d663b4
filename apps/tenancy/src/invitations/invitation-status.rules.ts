import type { InvitationStatus } from '@valetkey/contracts';

/** Past its expiry a pending invitation has expired, noted or not. */
export function shownStatus(
  { status, expiresAt }: { status: InvitationStatus; expiresAt: Date },
  now: Date,
): InvitationStatus {
  return status === 'pending' && expiresAt <= now ? 'expired' : status;
}
