import { AccessEventEnvelope, type InputOf, type listAudit } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

interface EntryRow {
  position: string;
  event: unknown;
  previous_hash: string | null;
  hash: string;
}

/** An entry as it is read for a list. */
export interface FoundEntry {
  id: string;
  position: number;
  event: AccessEventEnvelope;
  /** The event as it was hashed, with members that this version does not know. */
  stored: unknown;
  previousHash: string | null;
  hash: string;
}

/**
 * Entries of one account by the filters of its list, last appended first: one more than the limit, if there are. The
 * order is that of the chain, since the times of different services can cross.
 */
export async function findEntries(
  em: EntityManager,
  { accountId, cursor, from, to, actor, action, entity, limit }: InputOf<typeof listAudit>,
  hidden: readonly string[],
): Promise<FoundEntry[]> {
  const rows = await sql<EntryRow>(
    em,
    `SELECT position, event, previous_hash, hash FROM entries
      WHERE account_id = $1
        AND ($2::uuid IS NULL OR position < (SELECT position FROM entries WHERE account_id = $1 AND id = $2))
        AND ($3::timestamptz IS NULL OR time >= $3)
        AND ($4::timestamptz IS NULL OR time < $4)
        AND ($5::text IS NULL OR actor_id = ANY($6) AND $5 IN (actor_id, event->>'actor')
             OR split_part(event->>'actor', ':', 1) = $12)
        AND ($7::text IS NULL OR entity_type = split_part($7, '.', 1) AND $7 IN (entity_type, action))
        AND ($8::text IS NULL OR entity_id = ANY($9) AND $8 IN (entity_id, entity_type || ':' || entity_id)
             OR entity_type = $13)
        AND NOT (action = ANY($10) OR entity_type = ANY($10))
      ORDER BY position DESC LIMIT $11`,
    [
      accountId,
      cursor ?? null,
      from ?? null,
      to ?? null,
      actor ?? null,
      possibleIds(actor),
      action ?? null,
      entity ?? null,
      possibleIds(entity),
      hidden,
      limit + 1,
      possibleType(actor),
      possibleType(entity),
    ],
  );
  return rows.map(toFoundEntry);
}

/** `<type>:<id>`, or an id alone, which may hold colons too (IPv6). */
function possibleIds(filter = ''): string[] {
  return [filter, filter.slice(filter.indexOf(':') + 1)];
}

/** Null for what can be no type. The alternative then leaves the plan, and ids are found by their index alone. */
function possibleType(filter = ''): string | null {
  return /^[a-z]+(-[a-z]+)*$/.test(filter) ? filter : null;
}

function toFoundEntry(row: EntryRow): FoundEntry {
  const { event: stored, previous_hash: previousHash, hash } = row;
  const event = AccessEventEnvelope.parse(stored);
  return { id: event.id, position: Number(row.position), event, stored, previousHash, hash };
}
