import type { Owner } from '../client.ts';
import type { Partnership } from '../partnerships.ts';
import type { Processes } from './start-processes.ts';
import { query } from './trails.ts';
import { z } from 'zod';

const Id = z.object({ id: z.string() });

/** Members of the provider's by the thousand, all of them authorized: as if it had been asked a hundred at a time. */
export async function manyPartnerUsers(
  { databases }: Pick<Processes, 'databases'>,
  { provider, client, partnership, permissions, count }: Many,
): Promise<void> {
  const tenancy = databases['tenancy'] ?? '';
  const granted = `'{${permissions.join(',')}}'`;
  await query(
    tenancy,
    Id,
    `WITH made AS (
       INSERT INTO profiles (user_id, version, name, primary_email)
       SELECT gen_random_uuid(), 1, 'Rigger ' || n, 'rigger-' || n || '@riggers.example' FROM generate_series(1, ${count}) n
       RETURNING user_id
     ), members AS (
       INSERT INTO memberships (id, user_id, account_id, role, version, created_at)
       SELECT gen_random_uuid(), user_id, '${provider.accountId}', 'viewer', 1, now() FROM made
     )
     INSERT INTO partner_users
       (id, partnership_id, user_id, provider_account_id, client_account_id, permissions, version, created_at)
     SELECT gen_random_uuid(), '${partnership.id}', user_id, '${provider.accountId}', '${client.accountId}', ${granted}, 2, now()
       FROM made`,
  );
  await query(tenancy, Id, 'ANALYZE');
}

interface Many {
  provider: Owner;
  client: Owner;
  partnership: Partnership;
  permissions: readonly string[];
  count: number;
}

/** Gives everybody back what a ceiling took: as if each had been granted it anew. */
export async function grantAllAgain({ databases }: Pick<Processes, 'databases'>, permissions: readonly string[]) {
  await query(databases['tenancy'] ?? '', Id, `UPDATE partner_users SET permissions = '{${permissions.join(',')}}'`);
}

/** How many events of one kind the outbox has had acknowledged. */
export async function acknowledged({ databases }: Pick<Processes, 'databases'>, entityAndAction: string) {
  const [row] = await query(
    databases['tenancy'] ?? '',
    z.object({ count: z.coerce.number() }),
    `SELECT count(*) FROM outbox WHERE kind = 'event' AND sent_at IS NOT NULL AND subject LIKE 'access.v1.%.${entityAndAction}'`,
  );
  return row?.count ?? 0;
}
