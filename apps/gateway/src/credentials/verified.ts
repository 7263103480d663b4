import type { AccessDecision, Caller, CredentialState, Session } from '@valetkey/contracts';
import { SessionKind } from '@valetkey/contracts';

/** A live credential joined with what its holder may do where it stands. */
export interface Verified {
  state: CredentialState;
  /** Absent when it stands in no account, or in one that its user may no longer enter. */
  decision?: AccessDecision;
  /** As an introspection answers it, once it was asked for. */
  introspection?: string;
}

/** Whether what is lent is still lendable: a login token needs its account, its scope and its module. */
export function isUsable({ state, decision }: Verified): boolean {
  return state.kind !== 'login_token' || (decision?.modules.includes('login_tokens') ?? false);
}

export function callerOf({ state, decision }: Verified): Caller {
  const { kind, id: sessionId, subject, actor, operator } = state;
  return {
    kind,
    sessionId,
    subject: decision?.userName ? { ...subject, name: decision.userName } : subject,
    ...(actor && { actor }),
    ...(decision && { accountId: decision.account.id }),
    ...(decision?.organization && { organizationId: decision.organization.id }),
    grants: decision?.grants ?? [],
    modules: decision?.modules ?? [],
    operator,
  };
}

/** The session as it is shown. */
export function sessionOf({ state, decision }: Verified): Session {
  const { subject, actor, createdAt, lastSeenAt, idleExpiresAt, expiresAt, address, userAgent } = state;
  return {
    id: state.id,
    kind: SessionKind.parse(state.kind),
    subject: decision?.userName ? { ...subject, name: decision.userName } : subject,
    ...(actor && { actor }),
    ...(decision && { account: { id: decision.account.id, name: decision.account.name }, role: decision.role }),
    ...(decision?.organization && { organization: decision.organization }),
    permissions: decision?.permissions ?? [],
    createdAt,
    lastSeenAt,
    idleExpiresAt,
    expiresAt,
    address,
    userAgent,
  };
}

/** The session of a request, which is itself a use of it, whatever was kept of it before. */
export function inUse(state: CredentialState, now: Date): CredentialState {
  const idleEnds = Math.min(now.getTime() + state.idleSeconds * 1000, Date.parse(state.expiresAt));
  return { ...state, lastSeenAt: now.toISOString(), idleExpiresAt: new Date(idleEnds).toISOString() };
}
