import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

const DAY_MS = 24 * 3600 * 1000;

/** Sent rows serve for a week’s questions, handled ids outlive any redelivery, idempotency keys live for a day. */
export async function forgetOldRows(em: EntityManager, now: Date): Promise<void> {
  const before = (days: number) => [new Date(now.getTime() - days * DAY_MS)];
  await sql(em, 'DELETE FROM outbox WHERE sent_at < $1', before(7));
  await sql(em, 'DELETE FROM inbox WHERE handled_at < $1', before(30));
  await sql(em, 'DELETE FROM idempotency WHERE created_at < $1', before(1));
}
