import {
  type AccessRule,
  type AccountRoles,
  type Caller,
  type Contract,
  Failure,
  Id,
  kindRefusals,
  type PrincipalKind,
  type RequestContext,
} from '@valetkey/contracts';

/**
 * A contract's rule, in the order of http-api.md: credential 401, account 404, kind of session 403, two-factor 403, module
 * 403, role 403. Nothing when the caller may go on.
 */
export function authorize(contract: Contract, context: RequestContext, accountId: unknown): Failure | undefined {
  const { access } = contract;
  if (access.kind === 'services') {
    return context.service && access.callers.includes(context.service) ? undefined : new Failure('forbidden');
  }
  // What a service asks in its own name never carries a caller's rights.
  if (context.service) return new Failure('forbidden');
  if (access.kind === 'gateway') return undefined;
  if (access.kind === 'anyone') return authorizeAnyone(access, context.caller);
  if (!context.caller) return new Failure('unauthenticated');
  return authorizeCaller(access, context.caller, accountId, contract.kind === 'query');
}

/** Who may say who they are, must be of a kind that may. */
function authorizeAnyone({ principals }: Extract<AccessRule, { kind: 'anyone' }>, caller: Caller | undefined) {
  if (!caller || principals.length === 0) return undefined;
  return refuseKind(principals, caller, false) ?? refusePartner({ principals }, caller);
}

type CallerRule = Extract<AccessRule, { kind: 'signed-in' | 'account' | 'operator' }>;

function authorizeCaller(rule: CallerRule, caller: Caller, accountId: unknown, reads: boolean): Failure | undefined {
  if (rule.kind === 'operator') return authorizeOperator(caller);
  if (rule.kind === 'signed-in') return refuseKind(rule.principals, caller, false) ?? refusePartner(rule, caller);
  if (caller.accountId === undefined) return new Failure('no_account');
  // As the path spells it.
  if (caller.accountId !== Id.safeParse(accountId).data) return new Failure('not_found');
  return (
    refuseKind(rule.principals, caller, reads) ??
    (caller.partnershipId ? new Failure('portal_only') : undefined) ??
    (caller.mustEnrol ? new Failure('two_factor_required') : undefined) ??
    (rule.module && !caller.modules.includes(rule.module) ? new Failure('module_disabled') : undefined) ??
    (holdsRole(rule.roles, caller) ? undefined : new Failure('forbidden'))
  );
}

/** In another company's account a partner's user has the session, as a login token's holder has, and enrols if they must. */
function refusePartner(
  { principals, enrols }: { principals: readonly PrincipalKind[]; enrols?: true },
  caller: Caller,
): Failure | undefined {
  const mayAsk = principals.includes('login_token') || (enrols && caller.mustEnrol);
  return caller.partnershipId && !mayAsk ? new Failure('portal_only') : undefined;
}

function authorizeOperator(caller: Caller): Failure | undefined {
  if (caller.kind !== 'portal') return new Failure(kindRefusals[caller.kind]);
  if (caller.partnershipId) return new Failure('portal_only');
  return caller.operator ? undefined : new Failure('forbidden');
}

/** A link session may also read, of its account, whatever its user's role may read. */
function refuseKind(principals: readonly PrincipalKind[], caller: Caller, reads: boolean): Failure | undefined {
  if (principals.includes(caller.kind) || (caller.kind === 'access_link' && reads)) return undefined;
  return new Failure(kindRefusals[caller.kind]);
}

function holdsRole(roles: AccountRoles, caller: Caller): boolean {
  return caller.grants.some(({ scope, role }) => roles[scope.type]?.includes(role) ?? false);
}
