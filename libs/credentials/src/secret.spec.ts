import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkSecret, hashSecret, hintOf, makeSecret, secretPrefixes } from './secret.ts';

const kinds = Object.values(secretPrefixes);

describe('a secret', () => {
  it.each(kinds)('of kind %s is its prefix, 43 characters of base62 and a checksum of six', (prefix) => {
    const secret = makeSecret(prefix);
    expect(secret).toMatch(new RegExp(`^${prefix}_[0-9A-Za-z]{49}$`));
    expect(checkSecret(secret, prefix)).toBe(true);
  });

  it('is never made twice', () => {
    expect(new Set(Array.from({ length: 1000 }, () => makeSecret('vks'))).size).toBe(1000);
  });

  it('of another kind is refused', () => {
    expect(checkSecret(makeSecret('vkl'), 'vks', 'vkk')).toBe(false);
  });

  it('with any one character changed is refused without a look-up', () => {
    const secret = makeSecret('vks');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: secret.length - 1 }),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, other) => {
          fc.pre(other !== secret[at]);
          expect(checkSecret(secret.slice(0, at) + other + secret.slice(at + 1), 'vks')).toBe(false);
        },
      ),
    );
  });

  it('shows its prefix and last four characters only', () => {
    const secret = makeSecret('vkl');
    expect(hintOf(secret)).toBe(`vkl_…${secret.slice(-4)}`);
  });

  it('is stored as SHA-256', () => {
    expect(hashSecret('vks_x')).toBe('7ahR25tp93X86bw3XBEzy64sVnNYv6x9sR2PJ5Kl8RM');
  });
});
