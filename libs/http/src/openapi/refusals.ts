import { kindRefusals, pathParameters, type PrincipalKind, type ProblemCode } from '@valetkey/contracts';
import type { Operation } from './operation.ts';
import { requestPartsOf } from './request.ts';

/** Every code with which a request may be refused: the contract's own, its access rule's, and those of its form. */
export function refusalsOf(operation: Operation): ProblemCode[] {
  const codes = [...operation.errors, ...ofAccess(operation), ...ofForm(operation), ...ofPlatform(operation)];
  return [...new Set(codes)].sort();
}

function ofAccess({ access, reads }: Operation): ProblemCode[] {
  const crossSite: ProblemCode[] = reads ? [] : ['cross_site'];
  switch (access.kind) {
    case 'signed-in':
      return ['unauthenticated', ...crossSite, ...ofOtherKinds(access.principals, false)];
    case 'operator':
      return ['unauthenticated', 'forbidden', ...crossSite, ...ofOtherKinds(['portal'], false)];
    case 'account':
      return [
        ...(['unauthenticated', 'no_account', 'not_found', 'forbidden', 'two_factor_required'] as const),
        ...(access.module ? (['module_disabled'] as const) : []),
        // Whatever the role, of a partner's user who stands there.
        'portal_only',
        ...crossSite,
        ...ofOtherKinds(access.principals, reads),
      ];
    case 'resource-server':
      return ['unauthenticated'];
    case 'anyone':
      // Only who says who they are can be told that it is not so.
      if (access.principals.length === 0) return [];
      return ['unauthenticated', ...crossSite, ...ofOtherKinds(access.principals, false)];
    case 'gateway':
    case 'services':
      return [];
  }
}

/** A link session may read, of its account, what its user's role may read, whatever a rule says of links. */
function ofOtherKinds(principals: readonly PrincipalKind[], reads: boolean): ProblemCode[] {
  const kinds = (['portal', 'login_token', 'access_link', 'access_key'] as const).filter((kind) => {
    return !principals.includes(kind) && !(kind === 'access_link' && reads);
  });
  return kinds.map((kind) => kindRefusals[kind]);
}

function ofForm(operation: Operation): ProblemCode[] {
  const { input, http } = operation;
  const { query, body } = requestPartsOf(operation);
  const refusesUnknown = input.def.catchall !== undefined;
  const judgesQuery = !http.anyQuery && (refusesUnknown || query.length > 0);
  return [
    ...(judgesQuery || body.length > 0 ? (['malformed'] as const) : []),
    ...(body.length > 0 ? (['payload_too_large', 'unsupported_media_type'] as const) : []),
    ...(pathParameters(http.path).length > 0 ? (['not_found'] as const) : []),
    ...(http.creates ? (['idempotency_in_flight', 'idempotency_mismatch'] as const) : []),
  ];
}

function ofPlatform({ asks, reads, access }: Operation): ProblemCode[] {
  const spreads = asks && !reads && access.kind !== 'resource-server' && access.kind !== 'anyone';
  return [
    ...(asks ? (['internal', 'unavailable'] as const) : []),
    ...(spreads ? (['revocation_pending'] as const) : []),
  ];
}
