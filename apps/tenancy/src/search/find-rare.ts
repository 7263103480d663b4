import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Listing } from './listing.ts';
import { Parameters } from './parameters.ts';
import { inSight } from './rows-in-sight.ts';

/** Texts of all accounts that hold what is sought, up to which it is rare. */
const RARE = 2_000;

interface Row {
  isCommon: boolean;
  id: string | null;
}

/** Ids of all rows that match, by trigrams: the newest, one more than the limit. Nothing if too many texts do. */
export async function findRare(
  em: EntityManager,
  listing: Listing,
  { pattern, limit }: { pattern: string | null; limit: number },
): Promise<string[] | undefined> {
  const parameters = new Parameters();
  const sought = parameters.add(pattern);
  const sources = listing.texts.map(
    ({ table, column, key }, place) => `found_${place} AS MATERIALIZED (
      SELECT t.${key} AS key FROM ${table} t WHERE t.${column} ILIKE ${sought} LIMIT ${RARE + 1})`,
  );
  const isCommon = listing.texts.map((_text, place) => `(SELECT count(*) FROM found_${place}) > ${RARE}`);
  const owner = `m.${listing.of.column} = ${parameters.add(listing.of.id)}`;
  // The offset keeps PostgreSQL from joining whole tables: it must look up each of the few by itself.
  const matching = listing.texts.map(
    ({ of }, place) => `SELECT m.* FROM found_${place} AS found CROSS JOIN LATERAL (
        SELECT m.* FROM ${listing.table} m WHERE m.${of} = found.key AND ${owner} OFFSET 0) AS m`,
  );
  const text = `WITH ${sources.join(', ')}, common AS (SELECT ${isCommon.join(' OR ')} AS "isCommon")
    SELECT "isCommon", page.id FROM common LEFT JOIN (
      SELECT DISTINCT m.id FROM (${matching.join(' UNION ALL ')}) AS m
       WHERE ${inSight(listing, parameters)} ORDER BY m.id DESC LIMIT ${limit + 1}
    ) AS page ON NOT "isCommon" ORDER BY page.id DESC`;
  const rows = await em.transactional(async (tx) => {
    // Of what is common it expects to meet enough soon on a walk over all texts; where they are all at the end, it does not.
    await sql(tx, 'SET LOCAL enable_seqscan = off');
    return sql<Row>(tx, text, parameters.values);
  });
  return rows.some(({ isCommon }) => isCommon) ? undefined : rows.flatMap(({ id }) => id ?? []);
}
