import type { PrincipalKind, Role, ScopeType } from './caller.ts';
import type { ModuleName } from './modules.ts';
import type { ProblemCode } from './problems.ts';
import type { ServiceName } from './services.ts';

/** Who may ask. The service enforces it; the gateway's check is only the first. */
export type AccessRule =
  | { kind: 'anyone'; principals: readonly PrincipalKind[] }
  | { kind: 'signed-in'; principals: readonly PrincipalKind[]; enrols?: true }
  | {
      kind: 'account';
      roles: AccountRoles;
      principals: readonly PrincipalKind[];
      module?: ModuleName;
    }
  | { kind: 'operator' }
  | { kind: 'gateway' }
  | { kind: 'services'; callers: readonly ServiceName[] };

/** Roles that may, by the level of the membership that gives them. */
export interface AccountRoles {
  account?: readonly Role[];
  group?: readonly Role[];
  organization?: readonly Role[];
}

interface AccountRuleOptions {
  module?: ModuleName;
  /** Kinds of principal besides a portal session; `access_key` unless `keys: false`. */
  also?: readonly PrincipalKind[];
  keys?: boolean;
}

/** Nobody is asked who they are; whoever says so all the same is one of these kinds, and the handler learns who. */
export function anyone(...principals: PrincipalKind[]): AccessRule {
  return { kind: 'anyone', principals };
}

/** Any live session of these kinds, whatever its role. */
export function signedIn(...principals: PrincipalKind[]): AccessRule {
  return { kind: 'signed-in', principals };
}

/** What one must do before an account that demands two-factor lets one do anything there: a partner's user too. */
export function toEnrol(): AccessRule {
  return { kind: 'signed-in', principals: ['portal'], enrols: true };
}

/** A caller who stands in the account of the path with one of these roles. */
export function allow(roles: AccountRoles, { module, also = [], keys = true }: AccountRuleOptions = {}): AccessRule {
  return {
    kind: 'account',
    roles,
    principals: ['portal', ...(keys ? (['access_key'] as const) : []), ...also],
    module,
  };
}

/** Platform staff. */
export function operator(): AccessRule {
  return { kind: 'operator' };
}

/** The gateway on its own behalf, to verify what callers bring. */
export function gateway(): AccessRule {
  return { kind: 'gateway' };
}

/** Other services, known by the NATS subject that only they may publish. */
export function services(...callers: ServiceName[]): AccessRule {
  return { kind: 'services', callers };
}

/** Every role at every level. */
export const anyRole: AccountRoles = {
  account: ['owner', 'manager', 'viewer', 'supporter'],
  group: ['manager', 'viewer'],
  organization: ['manager', 'viewer'],
};

/** Whether there is such a role at a level. */
export function isRoleOf(level: ScopeType, role: Role): boolean {
  return anyRole[level]?.includes(role) ?? false;
}

/** How a principal of a kind that a rule does not name is refused. */
export const kindRefusals: Readonly<Record<PrincipalKind, ProblemCode>> = {
  portal: 'forbidden',
  login_token: 'portal_only',
  access_link: 'link_session',
  access_key: 'key_not_allowed',
};
