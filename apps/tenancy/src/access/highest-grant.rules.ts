import type { Grant, Role, ScopeType } from '@valetkey/contracts';

/** Highest first. A supporter lends access, where a viewer only looks; a partner has nothing of the portal. */
const roles: readonly Role[] = ['owner', 'manager', 'supporter', 'viewer', 'partner'];

/** Widest first: of two grants of one role the wider one tells more. */
const scopes: readonly ScopeType[] = ['account', 'group', 'organization'];

/** The grant with the highest role; of equals the one with the widest scope, then the first given. */
export function highestGrant(grants: readonly Grant[]): Grant | undefined {
  return grants.toSorted(compare)[0];
}

function compare(one: Grant, other: Grant): number {
  return (
    roles.indexOf(one.role) - roles.indexOf(other.role) ||
    scopes.indexOf(one.scope.type) - scopes.indexOf(other.scope.type)
  );
}
