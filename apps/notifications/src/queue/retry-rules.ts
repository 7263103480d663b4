const FIRST_MS = 1_000;
/** A server that is away takes everything once it is back, so it is asked often. */
const LONGEST_WHILE_AWAY_MS = 5_000;
/** One that defers a mail, as grey-listing does, is to be left in peace (RFC 5321 §4.5.4.1). */
const LONGEST_WHILE_DEFERRED_MS = 5 * 60_000;

/** How long after an attempt, counted from 1, comes the next, in milliseconds: twice as long each time, up to a bound. */
export function pauseAfter(attempt: number, cause: 'away' | 'deferred'): number {
  const longest = cause === 'away' ? LONGEST_WHILE_AWAY_MS : LONGEST_WHILE_DEFERRED_MS;
  return Math.min(FIRST_MS * 2 ** (attempt - 1), longest);
}
