import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Of these users, those who have two-factor on; an unfinished enrolment is none. */
export async function enrolledAmong(em: EntityManager, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ user_id: string }>(
    em,
    'SELECT user_id FROM two_factors WHERE user_id = ANY($1::uuid[]) AND enabled_at IS NOT NULL',
    [userIds],
  );
  return new Set(rows.map((row) => row.user_id));
}

/** Whether a user has two-factor on. */
export async function isEnrolled(em: EntityManager, userId: string): Promise<boolean> {
  return (await enrolledAmong(em, [userId])).has(userId);
}
