import type { InputOf, keepProfile } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Keeps a profile unless what is kept is as new: deliveries may repeat and overtake each other. */
export async function keepNewer(
  em: EntityManager,
  { userId, version, name, primaryEmail }: InputOf<typeof keepProfile>,
): Promise<void> {
  await sql(
    em,
    `INSERT INTO profiles (user_id, version, name, primary_email) VALUES ($1, $2, $3, $4)
     ON CONFLICT (user_id) DO UPDATE
        SET version = excluded.version, name = excluded.name, primary_email = excluded.primary_email
      WHERE profiles.version < excluded.version`,
    [userId, version, name, primaryEmail],
  );
}
