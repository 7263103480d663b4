import type { Transaction } from '@valetkey/outbox';
import { cancelInvitationsOfScope } from '../invitations/cancel-invitations-of-scope.ts';
import { removeMemberships } from '../members/remove-memberships.ts';
import { membershipsOf, type UnitScope } from './unit-scope.ts';

/** Memberships and invitations of a group or organization that is about to be deleted: their events name it. */
export async function endWhatIsScopedTo(tx: Transaction, accountId: string, scope: UnitScope): Promise<void> {
  await cancelInvitationsOfScope(tx, scope);
  await removeMemberships(tx, accountId, { where: membershipsOf[scope.type], values: [scope.id] });
}
