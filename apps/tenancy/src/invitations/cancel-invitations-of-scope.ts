import type { Scope } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { endInvitations } from './end-invitations.ts';

/** Cancels what was pending for a group or organization that is about to be deleted: their events name it. */
export async function cancelInvitationsOfScope(tx: Transaction, { id }: Scope): Promise<void> {
  await endInvitations(tx, 'canceled', { where: 'scope_id = $2', values: [id] });
}
