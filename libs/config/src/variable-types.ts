import { z } from 'zod';

const MILLISECONDS = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** A whole number between two bounds, both included. */
export function wholeNumber(least: number, most: number) {
  const expected = `must be a whole number from ${least} to ${most}`;
  return z
    .string(expected)
    .regex(/^\d{1,15}$/, expected)
    .transform(Number)
    .refine((value) => value >= least && value <= most, expected);
}

/** A TCP port; 0 asks the system for a free one. */
export const port = wholeNumber(0, 65_535);

/** `true`, `1`, `yes`, `on` or their opposites, in any case. */
export const boolean = z.stringbool({ error: 'must be true or false' });

/** A length of time such as `500ms`, `30s`, `15m`, `12h` or `7d`, read into milliseconds. Its defaults: `.prefault('30s')`. */
export const duration = z
  .string('must be a duration such as 500ms, 30s, 15m, 12h or 7d')
  .regex(/^\d{1,9}(?:ms|s|m|h|d)$/, 'must be a duration such as 500ms, 30s, 15m, 12h or 7d')
  .transform((text) => Number.parseInt(text, 10) * (MILLISECONDS.get(text.replace(/^\d+/, '')) ?? Number.NaN));

/** An absolute URL of one of the given schemes, e.g. `url('http', 'https')`. */
export function url(...schemes: [string, ...string[]]) {
  return z.url({
    protocol: new RegExp(`^(?:${schemes.join('|')})$`),
    error: `must be a URL beginning with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  });
}

/** One or more values of a schema, separated by commas; blanks around them are dropped. Its defaults: `.prefault('a,b')`. */
export function list<Output>(item: z.ZodType<Output, string>) {
  return z
    .string('must be a list separated by commas')
    .transform((text): readonly string[] => text.split(',').map((part) => part.trim()))
    .pipe(z.array(item).readonly());
}

/** IPv4 and IPv6 networks in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3), separated by commas. */
export const cidrList = list(
  z.union([z.cidrv4(), z.cidrv6()], 'must be networks such as 10.0.0.0/8,fd00::/8, separated by commas'),
);
