import { cursorOf } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { hasTrigram, patternOf } from './containing.ts';
import { findRare } from './find-rare.ts';
import type { Listing } from './listing.ts';
import { newestOf, rowAt } from './newest-of.ts';

/** So many of the newest are looked through before trigrams are asked: what is common is among them. */
const NEAR = 1_000;
/** Rows that a page looks through where a search has no trigrams. */
const FAR = 3_000;

export interface FoundPage {
  /** Newest first. */
  ids: string[];
  nextCursor: string | null;
}

interface Sought {
  pattern: string | null;
  limit: number;
}

/**
 * A page of a listing. A search reads a bounded number of rows, however many there are and of whomever: a page of what is
 * rare here and common elsewhere, or too short for trigrams, may have fewer rows than asked for, and a cursor to go on.
 */
export async function findPage(
  em: EntityManager,
  listing: Listing,
  { query, limit }: { query?: string | undefined; limit: number },
): Promise<FoundPage> {
  const sought = { pattern: query === undefined ? null : patternOf(query), limit };
  if (query === undefined) return pageOf(await newestOf(em, listing, { ...sought, most: limit + 1 }), limit);
  if (hasTrigram(query)) {
    const near = await lookThrough(em, listing, { ...sought, most: NEAR });
    if (near.ids.length === limit || !near.nextCursor) return near;
    const rare = await findRare(em, listing, sought);
    return rare ? pageOf(rare, limit) : near;
  }
  return lookThrough(em, listing, { ...sought, most: FAR });
}

/** What is found among so many of the newest; there may be more behind the last of them. */
async function lookThrough(em: EntityManager, listing: Listing, asked: Sought & { most: number }): Promise<FoundPage> {
  const ids = await newestOf(em, listing, asked);
  if (ids.length > asked.limit) return pageOf(ids, asked.limit);
  const last = await rowAt(em, listing, asked.most);
  return { ids, nextCursor: last ? cursorOf(last) : null };
}

/** The row too many tells that there is a next page. */
function pageOf(ids: string[], limit: number): FoundPage {
  const shown = ids.slice(0, limit);
  const last = shown.at(-1);
  return { ids: shown, nextCursor: ids.length > limit && last ? cursorOf(last) : null };
}
