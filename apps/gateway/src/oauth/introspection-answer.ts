import type { Party } from '@valetkey/contracts';
import type { Verified } from '../credentials/verified.ts';

interface Act {
  sub: string;
  act?: Act;
}

/** An active answer (RFC 7662 §2.2) with the platform's members; `act` as RFC 8693 §4.1 nests it. */
export function introspectionOf({ state, decision }: Verified) {
  const { kind, subject, actor, allowedCidrs } = state;
  const ends = Math.min(Date.parse(state.idleExpiresAt), Date.parse(state.expiresAt));
  return {
    active: true,
    token_type: kind === 'access_key' ? 'access_key' : 'session',
    kind,
    sub: `${subject.type}:${subject.id}`,
    sid: state.id,
    ...(actor && { act: actOf(actor) }),
    ...(decision && {
      account_id: decision.account.id,
      ...(decision.organization && { organization_id: decision.organization.id }),
      scope_type: decision.scope.type,
      scope_id: decision.scope.id,
      role: decision.role,
    }),
    scope: decision?.permissions.join(' ') ?? '',
    iat: seconds(Date.parse(state.createdAt)),
    exp: seconds(ends),
    ...(allowedCidrs.length > 0 && { allowed_cidrs: allowedCidrs }),
  };
}

function actOf({ type, id, actor }: Party): Act {
  return { sub: `${type}:${id}`, ...(actor && { act: actOf(actor) }) };
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
