import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { toBase62, toShortBase62 } from './base62.ts';

/** A prefix per kind of secret, so that a leaked one can be recognized. */
export const secretPrefixes = {
  session: 'vks',
  forwardedSession: 'vkf',
  loginToken: 'vkl',
  accessLink: 'vka',
  partnerToken: 'vkp',
  accessKey: 'vkk',
  invitation: 'vki',
  verification: 'vkv',
  passwordReset: 'vkr',
  challenge: 'vkc',
  resourceServer: 'vkx',
} as const;

export type SecretPrefix = (typeof secretPrefixes)[keyof typeof secretPrefixes];

/** 32 bytes need 43 characters of base62, a CRC-32 needs 6. */
const BODY = 43;
const CHECKSUM = 6;
const PATTERN = new RegExp(`^vk[sflapkivrcx]_[0-9A-Za-z]{${BODY + CHECKSUM}}$`);

function checksum(text: string): string {
  return toShortBase62(crc32(text), CHECKSUM);
}

/** `vks_` + 32 random bytes in base62 + the base62 CRC-32 of all that stands before: 53 characters. */
export function makeSecret(prefix: SecretPrefix): string {
  const unchecked = `${prefix}_${toBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), BODY)}`;
  return unchecked + checksum(unchecked);
}

/** Whether it has one of these prefixes, the right length and a right checksum; refuses typos without a look-up. */
export function checkSecret(secret: string, ...prefixes: SecretPrefix[]): boolean {
  if (!PATTERN.test(secret) || !prefixes.some((prefix) => secret.startsWith(prefix))) return false;
  const body = secret.slice(0, -CHECKSUM);
  return checksum(body) === secret.slice(-CHECKSUM);
}

/**
 * SHA-256 in base64url (43 characters): all that is ever stored of a secret. A plain hash is enough for 256 random
 * bits, and look-up by hash needs no comparison in constant time.
 */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** What lists show of a secret: its prefix and last four characters. */
export function hintOf(secret: string): string {
  return `${secret.slice(0, 4)}…${secret.slice(-4)}`;
}
