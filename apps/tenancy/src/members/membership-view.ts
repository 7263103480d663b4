import type { Changes, Membership, Role, Scope } from '@valetkey/contracts';
import { timeOf } from '@valetkey/persistence';
import type { Place } from '../access/place.ts';
import type { MembershipRow } from './membership-rows.ts';

export function membershipView(row: MembershipRow): Membership {
  const { id, userId, userName, userEmail, scopeType, scopeId, scopeName, role, createdAt } = row;
  return {
    id,
    user: { id: userId, name: userName, email: userEmail },
    scope: { type: scopeType, id: scopeId, name: scopeName },
    role,
    createdAt: timeOf(createdAt).toISOString(),
  };
}

export function placeOfMembership({ scopeType: type, scopeId: id, scopeName: name, groupId }: MembershipRow): Place {
  return { type, id, name, groupId };
}

/** What every event of a membership tells: whose it is, where it leads, and the role that came, went or changed. */
export function toldOfMembership(
  { userId, scopeType: type, scopeId: id, scopeName, accountName }: MembershipRow,
  role: { from?: Role; to?: Role },
): { userId: string; scope: Scope; scopeName: string; accountName: string; changes: Changes } {
  return { userId, scope: { type, id }, scopeName, accountName, changes: [{ field: 'role', ...role }] };
}
