import { withClient } from '../../harness/with-client.ts';
import type { Platform } from '../../platform/platform.ts';

const FURTHER_USERS = `
  WITH made AS (
    INSERT INTO profiles (user_id, version, name, primary_email)
    SELECT uuidv7(), 1, 'Rigger ' || n, 'rigger-' || n || '@bolt.example' FROM generate_series(1, $2) n
    RETURNING user_id
  ), members AS (
    INSERT INTO memberships (id, user_id, account_id, role, version, created_at)
    SELECT uuidv7(), m.user_id, p.provider_account_id, 'viewer', 1, now() FROM made m, partnerships p WHERE p.id = $1
  )
  INSERT INTO partner_users
    (id, partnership_id, user_id, provider_account_id, client_account_id, permissions, version, created_at)
  SELECT uuidv7(), p.id, m.user_id, p.provider_account_id, p.client_account_id, p.permissions, 2, now()
    FROM made m, partnerships p WHERE p.id = $1`;
const TOLD = `SELECT count(*)::int AS told FROM outbox
  WHERE kind = 'event' AND sent_at IS NOT NULL AND subject LIKE 'access.v1.%.partner-user.changed'`;

/** Puts so many users under a partnership, as if each had been authorized with all that its ceiling allows. */
export async function seedPartnerUsers(
  { tenancyDatabaseUrl }: Platform,
  partnershipId: string,
  count: number,
): Promise<void> {
  await withClient(tenancyDatabaseUrl, async (client) => {
    await client.query(FURTHER_USERS, [partnershipId, count]);
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
  });
}

/** Gives everybody what the ceiling allows, as if each had been granted it anew. */
export async function grantAllAgain({ tenancyDatabaseUrl }: Platform, partnershipId: string): Promise<void> {
  const statement = `UPDATE partner_users u SET permissions = p.permissions FROM partnerships p
    WHERE p.id = u.partnership_id AND p.id = $1`;
  await withClient(tenancyDatabaseUrl, async (client) => {
    await client.query(statement, [partnershipId]);
    await client.query('VACUUM (ANALYZE) partner_users');
  });
}

/** How many events of users whose grants were cut the stream has acknowledged so far. */
export async function toldOfUsers({ tenancyDatabaseUrl }: Platform): Promise<number> {
  let told = 0;
  await withClient(tenancyDatabaseUrl, async (client) => {
    const { rows } = await client.query<{ told: number }>(TOLD);
    told = rows[0]?.told ?? 0;
  });
  return told;
}
