import { type CredentialOpened, type Party, sessionOpened } from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import type { Transaction } from '@valetkey/outbox';
import type { RequiredEntityData } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { type CredentialRow, toCredentialState } from './credential-state.ts';
import { type Place, toldOfPartnership } from './move-session.ts';
import { Session } from './session.entity.ts';
import { sessionFacts } from './session-facts.ts';
import { after, earlier, type Lifetime, lifetimes } from './session.rules.ts';

interface Opening {
  kind: keyof typeof lifetimes;
  subject: Party;
  accountId?: string;
  organizationId?: string;
  partnership?: Place['partnership'];
  lentBy?: LoginTokenShown;
  link?: AccessLinkShown;
  /** The usual one of its kind, unless the account where it stands has another. */
  lifetime?: Lifetime;
  operator: boolean;
  address: string;
  userAgent: string;
  /** Whether a forwarded session is opened with it. */
  forwarded?: boolean;
}

/** The login token that opens a session, as far as the session follows it. */
export interface LoginTokenShown extends Pick<CredentialRow, 'role' | 'scopeType' | 'scopeId' | 'allowedCidrs'> {
  id: string;
  /** Of the secret that was shown: the present one's, or within its grace the one before. */
  secretNumber: number;
  /** When the token, or the grace of that secret, ends. */
  endsAt: string | null;
}

/** The access link that opens a session, and who acts behind it. No session outlives its link. */
export interface AccessLinkShown {
  id: string;
  lenderId: string;
  lenderName: string;
  endsAt: Date;
}

const noToken = { role: null, scopeType: null, scopeId: null, allowedCidrs: null, endsAt: null };

/** Opens a session in the transaction and tells it. Its secrets are given out this once. */
export function openSession(tx: Transaction, opening: Opening): CredentialOpened {
  const secrets = { secret: makeSecret('vks'), ...(opening.forwarded && { forwardedSecret: makeSecret('vkf') }) };
  const row = newSession(opening, secrets, tx.now);
  tx.insert(Session, row);
  const { role, scopeType, scopeId, allowedCidrs, endsAt } = opening.lentBy ?? noToken;
  const ends = earlier(row.expiresAt, endsAt === null ? null : new Date(endsAt));
  const { accountId, organizationId, address } = opening;
  const facts = { ...sessionFacts(row), ...toldOfPartnership(opening) };
  const data = { ...facts, organizationId, address, expiresAt: ends.toISOString() };
  tx.emit(sessionOpened, { id: row.id, accountId, sequence: row.version, data });
  // What a look at the row would answer; none is needed.
  return { session: toCredentialState({ ...row, role, scopeType, scopeId, allowedCidrs, endsAt: ends }), ...secrets };
}

function newSession(opening: Opening, { secret, forwardedSecret }: Omit<CredentialOpened, 'session'>, now: Date) {
  const { kind, subject, lentBy, link, operator, address, userAgent } = opening;
  const { idle, absolute } = opening.lifetime ?? lifetimes[kind];
  const expiresAt = earlier(after(now, absolute), link?.endsAt);
  return {
    id: uuidv7({ msecs: now.getTime() }),
    kind,
    secretHash: hashSecret(secret),
    accountId: opening.accountId ?? null,
    organizationId: opening.organizationId ?? null,
    subjectType: subject.type,
    subjectId: subject.id,
    subjectName: subject.name,
    loginTokenId: lentBy?.id ?? null,
    secretNumber: lentBy?.secretNumber ?? null,
    accessLinkId: link?.id ?? null,
    lenderId: link?.lenderId ?? null,
    lenderName: link?.lenderName ?? null,
    operator,
    idleSeconds: idle,
    createdAt: now,
    lastSeenAt: now,
    expiresAt,
    checkAt: earlier(after(now, idle), expiresAt),
    endedAt: null,
    endReason: null,
    address,
    userAgent,
    version: 1,
    forwardedHash: forwardedSecret === undefined ? null : hashSecret(forwardedSecret),
  } satisfies RequiredEntityData<Session>;
}
