import type { AccountRoles, ProblemCode, RouteAccess } from '@valetkey/contracts';
import type { Principal } from './principals.ts';

/**
 * What an access rule says of a principal, by http-api.md's order of checks: 401, account 404, kind of session 403,
 * module 403, role 403. Written apart from the code under test. Nothing where the principal may go on.
 *
 * @throws Error for a rule of an unknown kind: a new kind must be thought of here too.
 */
export function expectedRefusal(access: RouteAccess, principal: Principal): ProblemCode | undefined {
  const { stands, accountId } = principal;
  if (access.kind === 'anyone') return undefined;
  if (!stands) return 'unauthenticated';
  if (access.kind === 'signed-in') return access.principals.includes(stands.kind) ? undefined : 'portal_only';
  if (access.kind === 'operator')
    return stands.kind !== 'portal' ? 'portal_only' : stands.operator ? undefined : 'forbidden';
  if (access.kind !== 'account') throw new Error(`No rule of kind ${access.kind} is for callers`);
  if (stands.accountId !== accountId) return 'not_found';
  if (!access.principals.includes(stands.kind)) return 'portal_only';
  if (access.module && !stands.modules.includes(access.module)) return 'module_disabled';
  return names(access.roles, stands) ? undefined : 'forbidden';
}

function names(roles: AccountRoles, { level, role }: NonNullable<Principal['stands']>): boolean {
  return roles[level]?.some((named) => named === role) ?? false;
}
