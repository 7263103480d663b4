import type { Party } from '@valetkey/contracts';
import { endOf, type Verified } from '../credentials/verified.ts';

interface Act {
  sub: string;
  act?: Act;
}

/**
 * An active answer (RFC 7662 §2.2) with the platform's members; `act` as RFC 8693 §4.1 nests it. Who must enrol in
 * two-factor first stands nowhere until then.
 */
export function introspectionOf({ state, mustEnrol, ...verified }: Verified) {
  const decision = mustEnrol ? undefined : verified.decision;
  const { kind, subject, actor, allowedCidrs } = state;
  const ends = endOf(state);
  return {
    active: true,
    token_type: kind === 'access_key' ? 'access_key' : 'session',
    kind,
    sub: `${subject.type}:${subject.id}`,
    ...(kind !== 'access_key' && { sid: state.id }),
    ...(actor && { act: actOf(actor) }),
    ...(decision && {
      account_id: decision.account.id,
      ...(decision.organization && { organization_id: decision.organization.id }),
      scope_type: decision.scope.type,
      scope_id: decision.scope.id,
      role: decision.role,
      ...(decision.partnership && {
        partnership_id: decision.partnership.id,
        provider_account_id: decision.partnership.providerAccountId,
      }),
    }),
    scope: decision?.permissions.join(' ') ?? '',
    iat: seconds(Date.parse(state.createdAt)),
    ...(Number.isFinite(ends) && { exp: seconds(ends) }),
    ...(allowedCidrs.length > 0 && { allowed_cidrs: allowedCidrs }),
  };
}

function actOf({ type, id, actor }: Party): Act {
  return { sub: `${type}:${id}`, ...(actor && { act: actOf(actor) }) };
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
