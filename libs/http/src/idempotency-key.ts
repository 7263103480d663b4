import { z } from 'zod';

/**
 * The header of that name (draft-ietf-httpapi-idempotency-key-header): an RFC 9651 string, which we also take unquoted;
 * 22 characters hold 128 bits.
 */
export const IdempotencyKey = z.string().regex(/^(?:[\x21\x23-\x7e]{22,200}|"[\x21\x23-\x7e]{22,200}")$/);
