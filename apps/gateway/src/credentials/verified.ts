import type { AccessDecision, Caller, CredentialState, Session, SessionState } from '@valetkey/contracts';

/** A live credential joined with what its holder may do where it stands. */
export interface Verified {
  state: CredentialState;
  /** Absent when it stands in no account, or in one that its user may no longer enter. */
  decision?: AccessDecision;
  /** Set while the account's policy demands two-factor of the user and they have none: there they may do nothing. */
  mustEnrol: boolean;
  /** As an introspection answers it, once it was asked for. */
  introspection?: string;
}

const moduleOf = { login_token: 'login_tokens', access_link: 'access_links' } as const;

/** Whether what is lent is still lendable: it needs its account and its scope, a login token or link its module besides. */
export function isUsable({ state: { kind }, decision }: Verified): boolean {
  if (kind === 'portal') return true;
  if (kind === 'access_key') return decision !== undefined;
  return decision?.modules.includes(moduleOf[kind]) ?? false;
}

/** When it ends unless it is used meanwhile, in milliseconds since the epoch; `Infinity` for a key without an expiry. */
export function endOf(state: CredentialState): number {
  const ends = state.expiresAt === undefined ? Infinity : Date.parse(state.expiresAt);
  return state.kind === 'access_key' ? ends : Math.min(ends, Date.parse(state.idleExpiresAt));
}

export function callerOf({ state, decision, mustEnrol }: Verified): Caller {
  const { kind, id, subject, actor, operator } = state;
  return {
    kind,
    ...(kind !== 'access_key' && { sessionId: id }),
    subject: decision?.userName ? { ...subject, name: decision.userName } : subject,
    ...(actor && { actor }),
    ...(decision && { accountId: decision.account.id }),
    ...(decision?.organization && { organizationId: decision.organization.id }),
    grants: decision?.grants ?? [],
    modules: decision?.modules ?? [],
    operator,
    ...(decision?.partnership && { partnershipId: decision.partnership.id }),
    ...(mustEnrol && { mustEnrol }),
  };
}

/** A session as it is shown, with what its holder may do where it stands. */
export function sessionOf(state: SessionState, { decision, mustEnrol }: Omit<Verified, 'state'>): Session {
  const { subject, actor, createdAt, lastSeenAt, idleExpiresAt, expiresAt, address, userAgent } = state;
  return {
    id: state.id,
    kind: state.kind,
    subject: decision?.userName ? { ...subject, name: decision.userName } : subject,
    ...(actor && { actor }),
    ...(decision && { account: { id: decision.account.id, name: decision.account.name }, role: decision.role }),
    ...(decision?.organization && { organization: decision.organization }),
    permissions: mustEnrol ? [] : (decision?.permissions ?? []),
    ...(decision?.partnership && {
      partnershipId: decision.partnership.id,
      providerAccountId: decision.partnership.providerAccountId,
    }),
    createdAt,
    lastSeenAt,
    idleExpiresAt,
    expiresAt,
    address,
    userAgent,
  };
}

/** The session of a request, which is itself a use of it, whatever was kept of it before. */
export function inUse(state: SessionState, now: Date): SessionState {
  const idleEnds = Math.min(now.getTime() + state.idleSeconds * 1000, Date.parse(state.expiresAt));
  return { ...state, lastSeenAt: now.toISOString(), idleExpiresAt: new Date(idleEnds).toISOString() };
}
