import { hashSecret, hintOf, makeSecret } from '@valetkey/credentials';

/** A new secret, given out this once, with what is kept of it. */
export function newSecret(prefix: Parameters<typeof makeSecret>[0]): {
  secret: string;
  kept: { secretHash: string; hint: string };
} {
  const secret = makeSecret(prefix);
  return { secret, kept: { secretHash: hashSecret(secret), hint: hintOf(secret) } };
}
