import { describe, expect, it } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { hashPassword, isOutdated, isPassword } from './password-hash.ts';

describe('a password', () => {
  it('is kept as argon2id with 19 MiB and two passes', async () => {
    expect(await hashPassword('long-winded giraffe')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('is recognized, and no other is', async () => {
    const kept = await hashPassword('long-winded giraffe');
    expect(await isPassword(kept, 'long-winded giraffe')).toBe(true);
    expect(await isPassword(kept, 'long-winded giraffe ')).toBe(false);
  });

  it('typed with composed or combining characters is the same', async () => {
    const kept = await hashPassword('a\u0308ngstliche Giraffe');
    expect(await isPassword(kept, '\u00e4ngstliche Giraffe')).toBe(true);
  });

  it('of nobody is never right', async () => {
    expect(await isPassword(undefined, 'long-winded giraffe')).toBe(false);
  });
});

describe('a hash', () => {
  it('made with other parameters is outdated', async () => {
    expect(isOutdated(await hash('long-winded giraffe', { memoryCost: 8192, timeCost: 3 }))).toBe(true);
    expect(isOutdated(await hashPassword('long-winded giraffe'))).toBe(false);
  });
});
