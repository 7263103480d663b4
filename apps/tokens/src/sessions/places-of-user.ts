import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Until the commit whoever takes this user out of places waits, while others of the user's sign-ins go on. No row will do: that
 * of a session about to open is not there to be locked, and the account's is everybody's.
 */
export async function holdPlacesOf(em: EntityManager, userId: string): Promise<void> {
  await sql(em, 'SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [lockOf(userId)]);
}

/** Until the commit this user signs in nowhere: who held their places has committed by then. */
export async function lockPlacesOf(em: EntityManager, userId: string): Promise<void> {
  await sql(em, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [lockOf(userId)]);
}

function lockOf(userId: string): string {
  return `places-of:${userId}`;
}
