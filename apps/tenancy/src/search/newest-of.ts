import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Listing } from './listing.ts';
import { Parameters } from './parameters.ts';
import { rowsInSight } from './rows-in-sight.ts';

interface Asked {
  pattern: string | null;
  limit: number;
  /** So many of the newest are looked through. */
  most: number;
}

/** Ids of the newest rows that match, one more than the limit, or fewer. */
export async function newestOf(
  em: EntityManager,
  listing: Listing,
  { pattern, limit, most }: Asked,
): Promise<string[]> {
  const parameters = new Parameters();
  const seen = rowsInSight(listing, parameters, most);
  const matching = pattern === null ? '' : `WHERE ${holding(listing, parameters.add(pattern))}`;
  return idsOf(em, `SELECT id FROM (${seen}) AS seen ${matching} ORDER BY id DESC LIMIT ${limit + 1}`, parameters);
}

/** Looked up row by row: no more of them than the page takes. */
function holding({ texts }: Listing, pattern: string): string {
  const each = texts.map(
    ({ table, column, key }, place) =>
      `(SELECT t.${column} FROM ${table} t WHERE t.${key} = seen.key_${place}) ILIKE ${pattern}`,
  );
  return `(${each.join(' OR ')})`;
}

/** The id of the row at this place, counted from one; nothing if there are fewer. */
export async function rowAt(em: EntityManager, listing: Listing, place: number): Promise<string | undefined> {
  const parameters = new Parameters();
  const seen = rowsInSight(listing, parameters, place);
  const [id] = await idsOf(em, `SELECT id FROM (${seen}) AS seen ORDER BY id DESC OFFSET ${place - 1}`, parameters);
  return id;
}

async function idsOf(em: EntityManager, text: string, { values }: Parameters): Promise<string[]> {
  return (await sql<{ id: string }>(em, text, values)).map(({ id }) => id);
}
