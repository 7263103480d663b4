import { hash } from 'node:crypto';
import { Failure, type RequestContext } from '@valetkey/contracts';
import { digest } from '@valetkey/credentials';
import { z } from 'zod';

/** draft-ietf-httpapi-idempotency-key-header: an RFC 9651 string, which we also take unquoted; 22 characters hold 128 bits. */
const IdempotencyKey = z
  .string()
  .regex(/^("?)[\x21\x23-\x7e]{22,200}\1$/)
  .transform((key) => key.replaceAll('"', ''));

interface Repeatable {
  header: unknown;
  /** Who asks: keys of different callers never meet. */
  callerId: string;
  route: string;
  body: unknown;
  digestKey: string;
}

/** What the owning service keeps of an `Idempotency-Key`: hashes only. Nothing without the header. */
export function idempotencyOf({
  header,
  callerId,
  route,
  body,
  digestKey,
}: Repeatable): RequestContext['idempotency'] | Failure {
  if (header === undefined) return undefined;
  const key = IdempotencyKey.safeParse(header);
  if (!key.success) {
    const detail = 'Idempotency-Key takes 22 to 200 printable characters';
    return new Failure('malformed', { detail, errors: [{ pointer: '', detail }] });
  }
  const owned = hash('sha256', [callerId, route, key.data].join('\n'), 'hex');
  return { key: owned, bodyDigest: digest(digestKey, JSON.stringify(body ?? null)) };
}
