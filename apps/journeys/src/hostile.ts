import fc from 'fast-check';

const deep = (depth: number): unknown => (depth === 0 ? {} : [deep(depth - 1)]);

/** Values that have broken other people's software. */
const classics: readonly unknown[] = [
  ...[null, true, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 2, [], {}, [[]], deep(30)],
  ...['', ' ', '\0', 'nul \0 inside', '\ud800', '\udfff lone', '\u202e', '👩‍👩‍👧', 'x'.repeat(10_000)],
  ...["' OR 1=1 --", '%', '%00', '../../etc/passwd', '${7*7}', '__proto__', 'constructor', '\r\nX-Injected: yes'],
  ...['0000-00-00T00:00:00Z', '2026-13-45T99:99:99Z', '9999-12-31T23:59:59.999+23:59', 'infinity', '-infinity', 'NaN'],
  ...['ffffffff-ffff-ffff-ffff-ffffffffffff', '0.0.0.0/0', '::/0', '1.2.3.4/33', 'a@b', `a@${'b'.repeat(250)}.example`],
];

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...classics),
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.double({ noNaN: true }),
);

/** A body with some of these members, none of them as it should be but by chance. */
export function hostileBody(members: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(members.map((member) => [member, hostileValue])), { requiredKeys: [] });
}

/** Bodies that are not what `application/json` promises, or no object. */
export const unreadableBodies: Readonly<Record<string, string | Uint8Array>> = {
  'cut off': '{"name": "half',
  'not UTF-8': Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  'overlong UTF-8': Uint8Array.from([0x22, 0xc0, 0xaf, 0x22]),
  'a prototype': '{"__proto__": {"role": "owner"}}',
  'a constructor': '{"constructor": {"prototype": {"role": "owner"}}}',
  'too deep': `{"name": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  null: 'null',
  'a list': '["name"]',
  'a text': '"name"',
  'a number beyond numbers': '1e999',
};

/** Parts of a path or a query, as they stand in a URL. */
export const hostileParts: readonly string[] = [
  ...[
    '%00',
    '%ff',
    '%ED%A0%80',
    '%E2%80%AE',
    '..%2f..%2f',
    '__proto__',
    'null',
    '0',
    '-1',
    '1e999',
    '%27%20OR%201%3D1--',
  ],
  ...[
    'x'.repeat(150),
    'x'.repeat(3_000),
    '0197ffff-ffff-7fff-bfff-fffffffffff',
    '%F0%9F%92%A5',
    '[object Object]',
    '%',
    '%zz',
  ],
];
