import { sessionOpened } from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import type { Transaction } from '@valetkey/outbox';
import type { RequiredEntityData } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { Session } from './session.entity.ts';
import { sessionFacts } from './session-facts.ts';
import { after, earliest, lifetimes } from './session-rules.ts';

type Opening = Pick<
  RequiredEntityData<Session>,
  'subjectType' | 'subjectId' | 'subjectName' | 'operator' | 'address' | 'userAgent'
> & {
  kind: keyof typeof lifetimes;
  accountId?: string;
  organizationId?: string;
  loginToken?: { id: string; secretNumber: number };
};

/** Opens a session in the transaction and tells it. The secret is given out this once. */
export function openSession(tx: Transaction, opening: Opening): { id: string; secret: string } {
  const { kind, accountId, organizationId, loginToken, ...more } = opening;
  const { now } = tx;
  const secret = makeSecret('vks');
  const { idle, absolute } = lifetimes[kind];
  const expiresAt = after(now, absolute);
  const session = tx.em.create(Session, {
    ...more,
    id: uuidv7({ msecs: now.getTime() }),
    kind,
    secretHash: hashSecret(secret),
    accountId: accountId ?? null,
    organizationId: organizationId ?? null,
    loginTokenId: loginToken?.id ?? null,
    secretNumber: loginToken?.secretNumber ?? null,
    idleSeconds: idle,
    createdAt: now,
    lastSeenAt: now,
    expiresAt,
    checkAt: earliest(after(now, idle), expiresAt),
    endedAt: null,
    endReason: null,
    version: 1,
  });
  tx.em.persist(session);
  tx.emit(sessionOpened, {
    id: session.id,
    accountId,
    sequence: session.version,
    data: { ...sessionFacts(session), organizationId, address: session.address, expiresAt: expiresAt.toISOString() },
  });
  return { id: session.id, secret };
}
