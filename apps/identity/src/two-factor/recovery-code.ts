import { randomInt } from 'node:crypto';
import { hashSecret } from '@valetkey/credentials';

/** Crockford's base32: nothing in it looks like something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 120 bits; from 112 on a plain hash keeps a look-up secret (NIST SP 800-63B-4 §3.1.2.2). */
const LENGTH = 24;
const GROUP = /.{4}(?=.)/g;

/** To be printed and typed: `7ZQ4-…`, six groups of four. */
export function makeRecoveryCode(): string {
  const characters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return characters.join('').replace(GROUP, '$&-');
}

/** Of a code as typed: in any case, grouped or not, with O for 0, and I or L for 1. */
export function hashRecoveryCode(typed: string): string {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '');
  return hashSecret(letters.replaceAll('O', '0').replace(/[IL]/g, '1'));
}
