import type { Transaction } from '@valetkey/outbox';
import { endPartnerUsers } from './end-partner-users.ts';
import { lockPartnerships } from './partnership-rows.ts';

/** Users who are members of the account no more lose what its clients let them do. The account's row is locked. */
export async function endGrantsOfLeavers(
  tx: Transaction,
  accountId: string,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return;
  const theirs = 'u.user_id = ANY($1::uuid[]) AND u.provider_account_id = $2';
  const values = [userIds, accountId];
  const where = `p.id IN (SELECT u.partnership_id FROM partner_users u WHERE ${theirs})`;
  const partnerships = await lockPartnerships(tx.em, { where, values });
  if (partnerships.length > 0) await endPartnerUsers(tx, partnerships, { by: 'provider', where: theirs, values });
}
