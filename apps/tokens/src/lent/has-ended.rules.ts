/** What is used or expired never revives, by no edit either. Past its expiry it has ended, noted or not. */
export function hasEnded({ status, expiresAt }: { status: string; expiresAt?: Date | null }, now: Date): boolean {
  return status === 'used' || status === 'expired' || (expiresAt instanceof Date && expiresAt <= now);
}
