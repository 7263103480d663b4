import { z } from 'zod';
import { opaque } from '../kernel/fields.ts';

/** A password as typed: bounded, so that nobody hashes megabytes. */
export const TypedPassword = opaque(1, 1000);

const bounds = { minLength: 12, maxLength: 128 };

function isWithinBounds(password: string): boolean {
  const characters = Array.from(password).length;
  return characters >= bounds.minLength && characters <= bounds.maxLength;
}

/**
 * Any characters, 12 to 128 of them, each code point counting as one (NIST SP 800-63B-4 §3.1.1.2; JSON Schema counts
 * alike); how guessable it is, the service judges.
 */
export const NewPassword = TypedPassword.refine(
  isWithinBounds,
  `must have ${bounds.minLength} to ${bounds.maxLength} characters`,
).meta(bounds);

/** What we write to users in. */
export const Locale = z.enum(['en', 'pt']);
export type Locale = z.infer<typeof Locale>;

/** Any well-formed language tag (BCP 47) that a client's system may name; becomes the locale nearest to it. */
export const LanguageTag = z
  .string()
  .max(100)
  .refine(isLanguageTag, 'must be a language tag (BCP 47)')
  .transform((tag): Locale => Locale.catch('en').parse(new Intl.Locale(tag).language))
  .meta({ description: 'A language tag (BCP 47), such as `pt-BR`. Mails come in Portuguese or else in English' });

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
