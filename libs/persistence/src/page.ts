import { cursorOf } from '@valetkey/contracts';

/**
 * One page of rows that were selected with `LIMIT limit + 1` in the order of their UUIDv7 ids, newest first: the
 * row too many tells that there is a next page.
 */
export function pageOfRows<Row extends { id: string }, Item>(
  rows: Row[],
  limit: number,
  view: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(view), nextCursor: rows.length > limit && last ? cursorOf(last.id) : null };
}
