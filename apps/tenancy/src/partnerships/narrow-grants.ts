import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Cuts every grant of a partnership, whose row is locked, down to the ceiling, in one statement however many there are. What
 * each was before is kept until it is told, for which two of its versions are set aside and the partnership is marked.
 */
export async function narrowGrants(
  em: EntityManager,
  partnershipId: string,
  ceiling: readonly string[],
): Promise<void> {
  await sql(
    em,
    `WITH cut AS (
       UPDATE partner_users SET narrowed_from = coalesce(narrowed_from, permissions), version = version + 2,
         permissions = ARRAY(SELECT own.name FROM unnest(permissions) WITH ORDINALITY AS own (name, place)
           WHERE own.name = ANY($2::text[]) ORDER BY own.place)
        WHERE partnership_id = $1 AND NOT permissions <@ $2::text[] RETURNING 1
     )
     UPDATE partnerships SET narrowed = true WHERE id = $1 AND EXISTS (SELECT FROM cut)`,
    [partnershipId, ceiling],
  );
}
