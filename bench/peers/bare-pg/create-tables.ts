import { hashSecret } from '@valetkey/credentials';
import { withClient } from '../../harness/with-client.ts';
import { TABLES } from './tables.ts';

const INSERT_ACCOUNT = `INSERT INTO accounts VALUES (uuidv7(), NULL, '{login_tokens}', 1) RETURNING id`;

const INSERT_LOGIN_TOKENS = `
  INSERT INTO login_tokens (id, account_id, name, type, status, role, scope_type, scope_id, allowed_cidrs, secret_hash,
    hint, version, revision, created_at, created_by_id, created_by_name)
  SELECT uuidv7(), $1::uuid, 'Bench ' || hash, 'permanent', 'active', 'manager', 'account', $1::uuid, '{}', hash,
    'vkl_…' || right(hash, 4), 1, 1, now(), ($1::uuid)::text, 'Ada Owner'
    FROM unnest($2::text[]) AS hash`;

/** Makes the tables, with one account and these login tokens. */
export async function createRedemptionTables(databaseUrl: string, loginTokens: string[]): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query(TABLES);
    const { rows } = await client.query<{ id: string }>(INSERT_ACCOUNT);
    await client.query(INSERT_LOGIN_TOKENS, [rows[0]?.id, loginTokens.map(hashSecret)]);
  });
}
