import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** One event in a trail. */
export interface Entry {
  accountId: string;
  /** Its place in the account's chain: 1 for the first. */
  position: number;
  /** The event, all of it. */
  event: unknown;
}

export interface ChainedEntry extends Entry {
  /** Null for the first. */
  previousHash: string | null;
  hash: string;
}

/**
 * SHA-256, in hex, over the previous entry's hash (nothing for the first) followed by the entry as canonical JSON:
 * `{"accountId":…,"event":{…},"position":…}`.
 *
 * @see RFC 8785 (JSON Canonicalization Scheme)
 */
export function hashEntry(previousHash: string | null, { accountId, position, event }: Entry): string {
  const canonical = canonicalize({ accountId, position, event });
  return createHash('sha256')
    .update(`${previousHash ?? ''}${canonical}`)
    .digest('hex');
}
