import type { Grant, Role } from '@valetkey/contracts';
import { type CoveredScope, holdsIn } from '../access/holds-in.rules.ts';

const grantable: Readonly<Record<Role, readonly Role[]>> = {
  owner: ['owner', 'manager', 'viewer', 'supporter'],
  manager: ['manager', 'viewer'],
  supporter: [],
  viewer: [],
  partner: [],
};

/**
 * Whether who holds these grants may give each of the roles in a scope, which is also who may take them away there. To
 * change a role one must be allowed both the present one and the new one.
 */
export function mayGrant(grants: readonly Grant[], scope: CoveredScope, ...roles: Role[]): boolean {
  return roles.every((role) => grants.some((grant) => grantable[grant.role].includes(role) && holdsIn(grant, scope)));
}

/** Whether who holds these grants sees what lies in a scope: its members and invitations. */
export function isInSight(grants: readonly Grant[], scope: CoveredScope): boolean {
  return grants.some((grant) => holdsIn(grant, scope));
}
