import { sessionEntered, sessionLeft, sessionOrganizationChanged } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sessionFacts } from './session-facts.ts';
import type { Session } from './session.entity.ts';
import { after, earlier, type Lifetime } from './session.rules.ts';

export interface Place {
  accountId: string;
  organizationId?: string;
  /** By which its user stands there, having no membership. */
  partnership?: { id: string; providerAccountId: string };
}

/** What is told of a session where a partnership lets its user in. */
export function toldOfPartnership({ partnership }: Pick<Place, 'partnership'>) {
  return partnership && { partnershipId: partnership.id, providerAccountId: partnership.providerAccountId };
}

/** Lets a locked session stand elsewhere, and tells it; of two accounts neither learns of the other. */
export function moveSession(tx: Transaction, session: Session, place: Place): void {
  const { accountId, organizationId } = place;
  const before = { accountId: session.accountId ?? undefined, organizationId: session.organizationId ?? undefined };
  session.accountId = accountId;
  session.organizationId = organizationId ?? null;
  const facts = sessionFacts(session);
  const told = () => ({ id: session.id, sequence: (session.version += 1) });
  if (before.accountId !== accountId) {
    if (before.accountId) tx.emit(sessionLeft, { ...told(), accountId: before.accountId, data: facts });
    tx.emit(sessionEntered, { ...told(), accountId, data: { ...facts, ...toldOfPartnership(place), organizationId } });
  } else if (before.organizationId !== organizationId) {
    const data = { ...facts, from: before.organizationId, to: organizationId };
    tx.emit(sessionOrganizationChanged, { ...told(), accountId, data });
  }
}

/** A locked session lives as long as the account where it stands says, counted from its sign-in; moving is a use. */
export function liveBy({ idle, absolute }: Lifetime, session: Session, now: Date): void {
  session.lastSeenAt = now;
  session.idleSeconds = idle;
  session.expiresAt = after(session.createdAt, absolute);
  session.checkAt = earlier(after(now, idle), session.expiresAt);
}
