import type { LoginToken } from './login-token.entity.ts';

/** A used or expired token never revives, by no edit either. Past its expiry it has ended, noted or not. */
export function hasEnded({ status, expiresAt }: Pick<LoginToken, 'status' | 'expiresAt'>, now: Date): boolean {
  return status === 'used' || status === 'expired' || (expiresAt instanceof Date && expiresAt <= now);
}

/** Permanent tokens rotate while active; of one-time ones only those that nobody has begun to use. */
export function isRotatable(token: Pick<LoginToken, 'status' | 'expiresAt'>, now: Date): boolean {
  return token.status !== 'in_use' && !hasEnded(token, now);
}
