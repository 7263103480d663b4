import { hashSecret, makeSecret } from '@valetkey/credentials';

const LIFETIME_MS = 24 * 3_600_000;

export interface NewVerification {
  /** For the mail alone. */
  secret: string;
  secretHash: string;
  expiresAt: Date;
}

export function newVerification(now: Date): NewVerification {
  const secret = makeSecret('vkv');
  return { secret, secretHash: hashSecret(secret), expiresAt: new Date(now.getTime() + LIFETIME_MS) };
}
