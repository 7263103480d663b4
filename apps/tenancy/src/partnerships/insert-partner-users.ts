import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { v7 as uuidv7 } from 'uuid';
import { findPartnerUsers, type PartnerUserRow } from './partner-user-rows.ts';
import type { PartnershipRow } from './partnership-rows.ts';

/**
 * Authorizes users who are not authorized yet; whom it leaves out is. Their events are the first two of each. In lists, which
 * begin with the newest, they stand in the order in which they are named here.
 */
export async function insertPartnerUsers(
  { em, now }: Transaction,
  { id, providerAccountId, clientAccountId }: PartnershipRow,
  { userIds, permissions }: { userIds: readonly string[]; permissions: readonly string[] },
): Promise<PartnerUserRow[]> {
  const ids = userIds
    .map(() => uuidv7({ msecs: now.getTime() }))
    .toSorted()
    .toReversed();
  await sql(
    em,
    `INSERT INTO partner_users (id, user_id, partnership_id, provider_account_id, client_account_id, permissions, version,
       created_at) SELECT made.id, made.user_id, $3, $4, $5, $6, 2, $7
       FROM unnest($1::uuid[], $2::uuid[]) AS made (id, user_id) ON CONFLICT (partnership_id, user_id) DO NOTHING`,
    [ids, userIds, id, providerAccountId, clientAccountId, permissions, now],
  );
  return findPartnerUsers(em, { where: 'u.id = ANY($1::uuid[]) ORDER BY u.id DESC', values: [ids] });
}
