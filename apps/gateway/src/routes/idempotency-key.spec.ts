import { describe, expect, it } from '@jest/globals';
import { Failure } from '@valetkey/contracts';
import { openApiDocument } from '@valetkey/http/openapi';
import fc from 'fast-check';
import { z } from 'zod';
import { idempotencyOf } from './idempotency-key.ts';

const digestKey = Buffer.alloc(32).toString('base64url');
const KEY = 'abcdefghijklmnopqrstuv';
const body: object = { name: 'A' };
const given = { header: KEY, callerId: 'ada', route: '/v1/accounts/1/login-tokens', body, digestKey };

/** What the document says of the header, wherever it says it. */
function documentedPatterns(): Set<string> {
  const Header = z.object({ name: z.literal('Idempotency-Key'), schema: z.object({ pattern: z.string() }) });
  const patterns = new Set<string>();
  JSON.parse(JSON.stringify(openApiDocument()), (_name, value: unknown) => {
    const header = Header.safeParse(value);
    if (header.success) patterns.add(header.data.schema.pattern);
    return value;
  });
  return patterns;
}

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

  it('means the same body in whatever order its members come, and no other', () => {
    const digestOf = (body: object): unknown => Reflect.get(Object(idempotencyOf({ ...given, body })), 'bodyDigest');
    const one = digestOf({ name: 'A', scope: { type: 'account', id: '1' }, cidrs: ['a', 'b'] });
    expect(digestOf({ cidrs: ['a', 'b'], scope: { id: '1', type: 'account' }, name: 'A' })).toBe(one);
    expect(digestOf({ name: 'A', scope: { type: 'account', id: '1' }, cidrs: ['b', 'a'] })).not.toBe(one);
  });

  it('comes with a body of any text, well-formed or not', () => {
    expect(idempotencyOf({ ...given, body: { name: '\ud800' } })).toMatchObject({ bodyDigest: expect.any(String) });
  });

  it.each(['', 'short', KEY.slice(1), `"${KEY}`, `${KEY} `, `${KEY}, ${KEY}`, 'x'.repeat(201), ['a', 'b']])(
    'that is too short, too long or no string is malformed (%j)',
    (header) => expect(idempotencyOf({ ...given, header })).toEqual(expect.objectContaining({ code: 'malformed' })),
  );

  it('may be left out', () => {
    expect(idempotencyOf({ ...given, header: undefined })).toBeUndefined();
    expect(idempotencyOf({ ...given, header: 'short' })).toBeInstanceOf(Failure);
  });

  it('is documented as it is taken', () => {
    const [pattern = '', ...others] = documentedPatterns();
    expect(others).toEqual([]);
    const edge = fc.constantFrom('', '"', ' ');
    const middle = fc.string({ unit: fc.constantFrom('a', '!', '~'), minLength: 20, maxLength: 202 });
    const within = fc.constantFrom('', '', '"', ' ', ',', '\\', '\x7f', 'é');
    const headers = fc.tuple(
      edge,
      middle,
      within,
      middle.map((text) => text.slice(20)),
      edge,
    );
    fc.assert(
      fc.property(headers, (parts) => {
        const header = parts.join('');
        expect(new RegExp(pattern, 'u').test(header)).toBe(keyOf({ ...given, header }) !== undefined);
      }),
      { numRuns: 1_000 },
    );
  });
});
