import { hash } from 'node:crypto';
import { Failure, type RequestContext } from '@valetkey/contracts';
import { digest } from '@valetkey/credentials';
import { IdempotencyKey } from '@valetkey/http';

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
  const owned = hash('sha256', [callerId, route, key.data.replaceAll('"', '')].join('\n'), 'hex');
  return { key: owned, bodyDigest: digest(digestKey, JSON.stringify(body ?? null, inOrder)) };
}

/**
 * Members in one order, for to JSON they have none. RFC 8785 would refuse text that is not well-formed, which is for the
 * owning service to refuse.
 */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
