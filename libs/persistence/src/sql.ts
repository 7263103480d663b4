import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely } from 'kysely';
import type { PoolClient } from 'pg';

export type SqlValue =
  string | number | boolean | bigint | Date | null | Buffer | readonly string[] | readonly number[] | readonly Date[];

/**
 * Runs SQL with `$1` parameters bound by the server, in the manager's transaction if it is in one. For what an entity
 * cannot say: state in an UPDATE's predicate, sets, the verification path. `Row` names the columns as selected;
 * times come as text, see {@link timeOf}.
 */
export async function sql<Row = Record<string, unknown>>(
  em: EntityManager,
  text: string,
  values: readonly SqlValue[] = [],
): Promise<Row[]> {
  const client = em.getTransactionContext<Kysely<unknown>>() ?? em.getConnection().getClient();
  const result = await client.executeQuery<Row>(CompiledQuery.raw(text, [...values]));
  return result.rows;
}

/** Lends one connection of the pool, for locks that belong to a connection and for statements in a row. */
export async function onPool<T>(em: EntityManager, use: (client: PoolClient) => Promise<T>): Promise<T> {
  const pool = await em.getConnection().getNativeClient();
  const client = await pool.connect();
  try {
    const done = await use(client);
    client.release();
    return done;
  } catch (error) {
    // It may be broken, or still hold a lock: the pool is not to lend it again.
    client.release(true);
    throw error;
  }
}

/** A `timestamptz` as selected by {@link sql}. */
export function timeOf(column: string): Date {
  return new Date(column);
}
