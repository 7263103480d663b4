import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** From now on a sign-in that began before opens no session: who they are was found out by what is good no more. */
export async function growEpoch(em: EntityManager, userId: string): Promise<void> {
  await sql(em, 'UPDATE users SET epoch = epoch + 1 WHERE id = $1', [userId]);
}
