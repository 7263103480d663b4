import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { ShownLink } from './shown-links.ts';

export interface ClaimedLink {
  version: number;
  /** Whether this was the last of its uses. */
  spent: boolean;
}

// Two events are told of the last use.
const statement = `
  UPDATE access_links SET uses = uses + 1, last_used_at = $4, last_used_from = $5,
      status = CASE WHEN uses + 1 >= max_uses THEN 'used' ELSE status END,
      version = version + CASE WHEN uses + 1 >= max_uses THEN 2 ELSE 1 END
    WHERE id = $1 AND secret_hash = $2 AND password_hash IS NOT DISTINCT FROM $3 AND status = 'live' AND expires_at > $4
      AND (max_uses IS NULL OR uses < max_uses)
    RETURNING version, status = 'used' AS spent`;

/** Takes one use of a link as it was shown, with its whole state in the predicate; nothing if it has changed since. */
export async function claimAccessLink(
  { em, now }: Transaction,
  { id, secretHash, passwordHash }: ShownLink,
  address: string,
): Promise<ClaimedLink | undefined> {
  const [claimed] = await sql<ClaimedLink>(em, statement, [id, secretHash, passwordHash, now, address]);
  return claimed;
}
