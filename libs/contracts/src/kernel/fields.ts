import { z } from 'zod';
import { Cursor } from './cursor.ts';

/**
 * A UUIDv7 in practice; any UUID parses, and an unknown one is simply not found. Taken in any case and handed on in
 * lower case (RFC 9562 §4), for ids are compared as text: in events, tags of what is kept, and paths.
 */
export const Id = z.uuid().toLowerCase().meta({ description: 'UUIDv7 (RFC 9562 §5.7)' });

/** Control characters and lone surrogates cannot be stored or shown, so no text has them. */
function isPlain(value: string): boolean {
  // eslint-disable-next-line no-control-regex -- refusing control characters is the point
  return value.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(value);
}

/** One line of text without control characters, trimmed; lengths in UTF-16 units. */
export function line(minimum: number, maximum: number) {
  return z.string().trim().min(minimum).max(maximum).refine(isPlain, 'must be one line of printable text');
}

/** A secret as typed or pasted: never trimmed, so that every character counts. */
export function opaque(minimum: number, maximum: number) {
  return z
    .string()
    .min(minimum)
    .max(maximum)
    .refine((value) => value.isWellFormed(), 'must be well-formed text');
}

/** RFC 5321 bounds an address to 254 characters; compared in lower case. */
export const EmailAddress = z.email().max(254).toLowerCase().meta({ description: 'An e-mail address' });

/** RFC 3339 with any offset; parsed to a `Date`. */
export const TimestampInput = z.iso
  .datetime({ offset: true })
  .refine((value) => Number.isFinite(Date.parse(value)), 'must be a time that exists')
  .transform((value) => new Date(value))
  .refine(
    (value) => value.getUTCFullYear() >= 1970 && value.getUTCFullYear() <= 9999,
    'must lie in the years 1970 to 9999',
  )
  .meta({ description: 'RFC 3339, any offset' });

/** RFC 3339 in UTC, as answered. */
export const Timestamp = z.iso.datetime().meta({ description: 'RFC 3339, UTC' });

/** An IPv4 or IPv6 prefix, or a single address. */
export const Cidr = z
  .union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()])
  .meta({ description: 'IPv4 or IPv6 CIDR or address' });

export const Named = z.object({ id: Id, name: z.string() });

/** Of a list's query. */
export function partOf(what: string, maximum: number) {
  return line(1, maximum)
    .optional()
    .meta({ description: `Part of the ${what}` });
}

/** A number, or its decimal digits as a query has them; JavaScript alone would read `0x10` and `1e1` too. */
const PageLength = z.preprocess(
  (given) => (typeof given === 'string' && /^\d{1,3}$/.test(given) ? Number(given) : given),
  z.number().int().min(1).max(100),
);

/** Query of every list: keyset pages, newest first unless said otherwise. */
export const pageQuery = {
  limit: PageLength.default(25).meta({ description: 'How many at most' }),
  cursor: Cursor.optional().meta({ description: 'The `nextCursor` of the page before' }),
};

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** The answer of what has nothing to say. */
export const Nothing = z.object({});
