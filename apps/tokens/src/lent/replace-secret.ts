import type { makeSecret } from '@valetkey/credentials';
import { after } from '../sessions/session.rules.ts';
import { newSecret } from './new-secret.ts';

interface Rotated {
  secretHash: string;
  hint: string;
  previousSecretHash?: string | null;
  previousSecretEndsAt?: Date | null;
  version: number;
  revision: number;
}

/** Puts a new secret in the place of the present one, which goes on until its grace ends, if it has one. */
export function replaceSecret(
  rotated: Rotated,
  prefix: Parameters<typeof makeSecret>[0],
  { now, graceSeconds }: { now: Date; graceSeconds: number },
): string {
  const { secret, kept } = newSecret(prefix);
  rotated.previousSecretHash = rotated.secretHash;
  rotated.previousSecretEndsAt = graceSeconds > 0 ? after(now, graceSeconds) : null;
  Object.assign(rotated, kept);
  rotated.version += 1;
  rotated.revision += 1;
  return secret;
}
