import { z } from 'zod';
import { opaque } from '../kernel/fields.ts';

/** Any characters, 12 to 128 of them (NIST SP 800-63B-4 §3.1.1.2); how guessable it is, the service judges. */
export const NewPassword = opaque(12, 128);

/** A password as typed: bounded, so that nobody hashes megabytes. */
export const TypedPassword = opaque(1, 1000);

export const Locale = z.enum(['en', 'pt']);
export type Locale = z.infer<typeof Locale>;
