import type { Invitation, Role, Scope } from '@valetkey/contracts';
import { timeOf } from '@valetkey/persistence';
import type { Place } from '../access/place.ts';
import { shownStatus } from './invitation-status.rules.ts';
import type { InvitationRow } from './invitation-rows.ts';

export function invitationView(row: InvitationRow, now: Date): Invitation {
  const { id, email, scopeType, scopeId, role, createdById, createdByName } = row;
  const expiresAt = timeOf(row.expiresAt);
  return {
    id,
    email,
    scope: { type: scopeType, id: scopeId },
    role,
    status: shownStatus({ status: row.status, expiresAt }, now),
    expiresAt: expiresAt.toISOString(),
    createdAt: timeOf(row.createdAt).toISOString(),
    createdBy: { id: createdById, name: createdByName },
  };
}

export function placeOfInvitation({ scopeType: type, scopeId: id, scopeName: name, groupId }: InvitationRow): Place {
  return { type, id, name, groupId };
}

/** What every event of an invitation tells: never the address. */
export function toldOfInvitation({ scopeType: type, scopeId: id, role, scopeName, accountName }: InvitationRow): {
  scope: Scope;
  role: Role;
  scopeName: string;
  accountName: string;
} {
  return { scope: { type, id }, role, scopeName, accountName };
}
