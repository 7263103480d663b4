import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, timeOf } from './sql.ts';

export const throttleTable = `CREATE TABLE throttles (
    key text PRIMARY KEY,
    count int NOT NULL,
    ends_at timestamptz NOT NULL
  )`;

/**
 * Selects the end of the wait of a key that has no try left, for a statement that works only while it has one. The
 * arguments stand for its parameters.
 */
export const exhausted = (key: string, tries: string, now: string): string =>
  `SELECT ends_at FROM throttles WHERE key = ${key} AND count >= ${tries} AND ends_at > ${now}`;

export interface ThrottleLimit {
  /** Tries within a window. */
  tries: number;
  /** Milliseconds from the first try that was not given back. */
  windowMs: number;
}

/**
 * Counts tries in fixed windows, in statements of their own: a try is noted before its outcome is known, so that
 * neither a rollback nor a burst refunds it. Time is the caller's. Keys must not hold personal data in clear.
 */
export class Throttle {
  constructor(
    private readonly em: EntityManager,
    private readonly limit: ThrottleLimit,
  ) {}

  /** Seconds until the next try, when the limit is reached; otherwise nothing, and nothing is counted. */
  async retryAfter(key: string, now: Date): Promise<number | undefined> {
    const [row] = await sql<{ ends_at: string }>(this.em.fork(), exhausted('$1', '$2', '$3'), [
      key,
      this.limit.tries,
      now,
    ]);
    return row && secondsUntil(timeOf(row.ends_at), now);
  }

  /** Counts a try. Seconds until the next one when it is one too many. */
  async take(key: string, now: Date): Promise<number | undefined> {
    const [row] = await sql<{ count: number; ends_at: string }>(
      this.em.fork(),
      `INSERT INTO throttles AS t (key, count, ends_at) VALUES ($1, 1, $2)
       ON CONFLICT (key) DO UPDATE SET
         count = CASE WHEN t.ends_at <= $3 THEN 1 ELSE t.count + 1 END,
         ends_at = CASE WHEN t.ends_at <= $3 OR t.count = 0 THEN excluded.ends_at ELSE t.ends_at END
       RETURNING count, ends_at`,
      [key, new Date(now.getTime() + this.limit.windowMs), now],
    );
    if (!row || row.count <= this.limit.tries) return undefined;
    return secondsUntil(timeOf(row.ends_at), now);
  }

  /** Gives a try back: it succeeded, or our own fault spoilt it. */
  async giveBack(key: string): Promise<void> {
    await sql(this.em.fork(), 'UPDATE throttles SET count = greatest(count - 1, 0) WHERE key = $1', [key]);
  }

  /** Forgets windows that have ended. */
  async forget(now: Date): Promise<void> {
    await sql(this.em.fork(), 'DELETE FROM throttles WHERE ends_at <= $1', [now]);
  }
}

function secondsUntil(end: Date, now: Date): number {
  return Math.max(1, Math.ceil((end.getTime() - now.getTime()) / 1000));
}
