import { defineEntity, p } from '@mikro-orm/postgresql';
import type { EndReason, PartyType, SessionKind } from '@valetkey/contracts';

/** A session row; `ended_at` and what depends on it are written by SQL only, with the state in the predicate. */
const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    kind: p.string().$type<SessionKind>(),
    secretHash: p.string(),
    accountId: p.uuid().nullable(),
    organizationId: p.uuid().nullable(),
    subjectType: p.string().$type<PartyType>(),
    subjectId: p.uuid(),
    subjectName: p.string(),
    loginTokenId: p.uuid().nullable(),
    /** Which of the token's secrets opened it. */
    secretNumber: p.integer().nullable(),
    accessLinkId: p.uuid().nullable(),
    /** Who acts behind the link: its last editor. */
    lenderId: p.uuid().nullable(),
    lenderName: p.string().nullable(),
    operator: p.boolean(),
    idleSeconds: p.integer(),
    createdAt: p.datetime(),
    lastSeenAt: p.datetime(),
    expiresAt: p.datetime(),
    checkAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    endReason: p.string().$type<EndReason>().nullable(),
    address: p.string(),
    userAgent: p.string(),
    version: p.integer(),
    /** Of the secret of its forwarded session: a child that has no state of its own, and so ends with it. */
    forwardedHash: p.string().nullable(),
  },
});

export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
