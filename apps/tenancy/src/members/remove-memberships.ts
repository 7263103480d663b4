import { membershipRemoved } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue } from '@valetkey/persistence';
import { cancelInvitationsBeyond } from '../invitations/cancel-invitations-beyond.ts';
import { endGrantsOfLeavers } from '../partnerships/end-grants-of-leavers.ts';
import { findMemberships, type MembershipRow } from './membership-rows.ts';
import { toldOfMembership } from './membership-view.ts';

/**
 * Ends memberships `m` of an account and tells each; the condition's parameters begin at `$2`. The account's row is
 * locked, and whoever asks has seen to it that an owner stays. A scope goes after its memberships, whose events name it.
 */
export async function removeMemberships(
  tx: Transaction,
  accountId: string,
  condition: { where: string; values: readonly SqlValue[] },
): Promise<MembershipRow[]> {
  const removed = await findMemberships(tx.em, accountId, condition);
  const ids = removed.map(({ id }) => id);
  await sql(tx.em, 'DELETE FROM memberships WHERE account_id = $1 AND id = ANY($2::uuid[])', [accountId, ids]);
  const last = await lastOnes(tx, accountId, removed);
  for (const row of removed) {
    const { id, role, version } = row;
    const data = { ...toldOfMembership(row, { from: role }), role, lastInAccount: last.has(id) };
    tx.emit(membershipRemoved, { id, accountId, sequence: version + 1, data });
  }
  const leavers = removed.filter(({ id }) => last.has(id)).map(({ userId }) => userId);
  await endGrantsOfLeavers(tx, accountId, leavers);
  await cancelInvitationsBeyond(tx, accountId, new Set(removed.map(({ userId }) => userId)));
  return removed;
}

/** Of each user who has none left in the account, the one that is told last. */
async function lastOnes({ em }: Transaction, accountId: string, removed: MembershipRow[]): Promise<Set<string>> {
  const lastOf = new Map(removed.map(({ userId, id }) => [userId, id]));
  const staying = await sql<{ userId: string }>(
    em,
    'SELECT DISTINCT user_id AS "userId" FROM memberships WHERE account_id = $1 AND user_id = ANY($2::uuid[])',
    [accountId, [...lastOf.keys()]],
  );
  for (const { userId } of staying) lastOf.delete(userId);
  return new Set(lastOf.values());
}
