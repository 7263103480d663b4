import type { AccountRoles, ProblemCode, RouteAccess } from '@valetkey/contracts';
import type { Principal } from './principals.ts';

/**
 * What an access rule says of a principal, by http-api.md's order of checks: 401, account 404, kind of session 403,
 * module 403, role 403. Written apart from the code under test. Nothing where the principal may go on.
 *
 * @throws Error for a rule of an unknown kind: a new kind must be thought of here too.
 */
export function expectedRefusal(
  { access, http: { method } }: { access: RouteAccess; http: { method: string } },
  principal: Principal,
): ProblemCode | undefined {
  const { stands, accountId, client } = principal;
  if (access.kind === 'anyone') {
    // Who says who they are is believed only if it is true.
    if (access.principals.length === 0 || client.secret === undefined) return undefined;
    return stands
      ? (ofOtherKind(access.principals, stands) ?? ofPartner(access.principals, stands))
      : 'unauthenticated';
  }
  if (!stands) return 'unauthenticated';
  if (access.kind === 'signed-in') {
    const enrols = 'enrols' in access && access.enrols && stands.mustEnrol;
    return ofOtherKind(access.principals, stands) ?? (enrols ? undefined : ofPartner(access.principals, stands));
  }
  if (access.kind === 'operator')
    return ofOtherKind(['portal'], stands) ?? ofPartner([], stands) ?? (stands.operator ? undefined : 'forbidden');
  if (access.kind !== 'account') throw new Error(`No rule of kind ${access.kind} is for callers`);
  if (stands.accountId === undefined) return 'no_account';
  if (stands.accountId !== accountId) return 'not_found';
  // A link lets its user read what their role may read.
  const reads = stands.kind === 'access_link' && method === 'GET';
  const otherKind = (reads ? undefined : ofOtherKind(access.principals, stands)) ?? ofPartner([], stands);
  if (otherKind) return otherKind;
  if (access.module && !stands.modules.includes(access.module)) return 'module_disabled';
  return names(access.roles, stands) ? undefined : 'forbidden';
}

type Stands = NonNullable<Principal['stands']>;

function ofOtherKind(principals: readonly Stands['kind'][], { kind }: Stands): ProblemCode | undefined {
  if (principals.includes(kind)) return undefined;
  if (kind === 'access_link') return 'link_session';
  return kind === 'access_key' ? 'key_not_allowed' : 'portal_only';
}

/** In another company's account a partner's user has the session, as a login token's holder has, and nothing else. */
function ofPartner(principals: readonly Stands['kind'][], { role }: Stands): ProblemCode | undefined {
  return role === 'partner' && !principals.includes('login_token') ? 'portal_only' : undefined;
}

function names(roles: AccountRoles, { level, role }: Stands): boolean {
  return roles[level]?.some((named) => named === role) ?? false;
}
