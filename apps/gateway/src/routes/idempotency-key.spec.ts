import { describe, expect, it } from '@jest/globals';
import { Failure } from '@valetkey/contracts';
import { idempotencyOf } from './idempotency-key.ts';

const digestKey = Buffer.alloc(32).toString('base64url');
const KEY = 'abcdefghijklmnopqrstuv';
const given = { header: KEY, callerId: 'ada', route: '/v1/accounts/1/login-tokens', body: { name: 'A' }, digestKey };

function keyOf(request: typeof given): string | undefined {
  const kept = idempotencyOf(request);
  return kept instanceof Failure ? undefined : kept?.key;
}

describe('An Idempotency-Key', () => {
  it('is kept as hashes only', () => {
    const kept = idempotencyOf(given);
    expect(kept).toEqual({ key: expect.stringMatching(/^[0-9a-f]{64}$/), bodyDigest: expect.any(String) });
    expect(JSON.stringify(kept)).not.toContain(KEY);
  });

  it('means the same in quotation marks and without', () => {
    expect(idempotencyOf({ ...given, header: `"${KEY}"` })).toEqual(idempotencyOf(given));
  });

  it.each([{ callerId: 'eve' }, { route: '/v1/accounts/2/login-tokens' }, { header: `${KEY}w` }])(
    'of another caller, route or request is another (%j)',
    (other) => {
      expect(keyOf({ ...given, ...other })).not.toBe(keyOf(given));
    },
  );

  it.each(['', 'short', KEY.slice(1), `"${KEY}`, `${KEY} `, `${KEY}, ${KEY}`, 'x'.repeat(201), ['a', 'b']])(
    'that is too short, too long or no string is malformed (%j)',
    (header) => expect(idempotencyOf({ ...given, header })).toEqual(expect.objectContaining({ code: 'malformed' })),
  );

  it('may be left out', () => {
    expect(idempotencyOf({ ...given, header: undefined })).toBeUndefined();
    expect(idempotencyOf({ ...given, header: 'short' })).toBeInstanceOf(Failure);
  });
});
