import { invitationCanceled, invitationExpired } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue } from '@valetkey/persistence';
import { findInvitations } from './invitation-rows.ts';
import { toldOfInvitation } from './invitation-view.ts';

const events = { canceled: invitationCanceled, expired: invitationExpired };

/**
 * Ends pending invitations without anybody's acceptance, and tells each; the condition's parameters begin at `$2`.
 *
 * @returns how many there were
 */
export async function endInvitations(
  { em, emit }: Transaction,
  status: keyof typeof events,
  { where, values }: { where: string; values: readonly SqlValue[] },
): Promise<number> {
  const ended = await sql<{ id: string }>(
    em,
    `UPDATE invitations SET status = $1, version = version + 1 WHERE status = 'pending' AND ${where} RETURNING id`,
    [status, ...values],
  );
  const ids = ended.map(({ id }) => id);
  for (const row of await findInvitations(em, { where: 'i.id = ANY($1::uuid[])', values: [ids] })) {
    const { id, accountId, version: sequence } = row;
    emit(events[status], { id, accountId, sequence, data: toldOfInvitation(row) });
  }
  return ids.length;
}
