import { hasEnded } from '../lent/has-ended.rules.ts';
import type { LoginToken } from './login-token.entity.ts';

/** Permanent tokens rotate while active; of one-time ones only those that nobody has begun to use. */
export function isRotatable(token: Pick<LoginToken, 'status' | 'expiresAt'>, now: Date): boolean {
  return token.status !== 'in_use' && !hasEnded(token, now);
}
