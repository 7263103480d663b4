import type { NotificationKind } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

export interface DigestItem {
  id: string;
  userId: string;
  /** The account that it tells of. */
  accountId: string | undefined;
  kind: NotificationKind;
  /** A `Told`. */
  sealed: string;
}

/** Keeps something for its user's next digest. */
export async function keepItem(em: EntityManager, item: DigestItem, now: Date): Promise<void> {
  const { id, userId, accountId = null, kind, sealed } = item;
  await sql(
    em,
    `INSERT INTO digest_items (id, user_id, account_id, kind, sealed, created_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO NOTHING`,
    [id, userId, accountId, kind, sealed, now],
  );
}

/** Takes a user's items from before that time, the oldest first: they are gone if the transaction commits. */
export async function takeItems(em: EntityManager, userId: string, before: Date): Promise<string[]> {
  const rows = await sql<{ sealed: string }>(
    em,
    `WITH taken AS (DELETE FROM digest_items WHERE user_id = $1 AND created_at < $2 RETURNING id, sealed, created_at)
     SELECT sealed FROM taken ORDER BY created_at, id`,
    [userId, before],
  );
  return rows.map(({ sealed }) => sealed);
}
