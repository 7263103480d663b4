import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Entries of one transaction: a trail can have millions, and each is checked by a trigger. */
const BATCH = 5_000;

/** Deletes the ends of these trails' chains and the names in them, in a transaction of the caller's. */
export async function dropHeads(em: EntityManager, trails: readonly string[]): Promise<void> {
  if (trails.length === 0) return;
  await sql(em, 'DELETE FROM chains WHERE account_id = ANY($1::uuid[])', [trails]);
  await sql(em, 'DELETE FROM names WHERE account_id = ANY($1::uuid[])', [trails]);
}

/** Deletes what a trail has of entries, in transactions of its own. Begun again it goes on where it stopped. */
export async function dropEntries(em: EntityManager, trail: string): Promise<void> {
  while ((await dropBatch(em.fork(), trail)) > 0);
}

async function dropBatch(em: EntityManager, trail: string): Promise<number> {
  return em.transactional(async (tx) => {
    // What the trigger that refuses deletions asks for.
    await sql(tx, `SELECT set_config('audit.purged_account', $1, true)`, [trail]);
    const dropped = await sql(
      tx,
      `DELETE FROM entries WHERE account_id = $1
          AND position < (SELECT min(position) + ${BATCH} FROM entries WHERE account_id = $1) RETURNING position`,
      [trail],
    );
    return dropped.length;
  });
}
