import { z } from 'zod';
import { PartyReference, Scope } from '../kernel/caller.ts';
import { Changes, defineEvent } from '../kernel/event.ts';
import { Id, Timestamp } from '../kernel/fields.ts';
import { DaysLeft, LendableRole } from './lent-credential.ts';
import { LoginTokenType } from './login-token.ts';
import { EndReason, SessionKind } from './session.ts';

const session = { entity: 'session', source: 'tokens' } as const;
const sessionFacts = {
  kind: SessionKind,
  subject: PartyReference,
  actor: PartyReference.optional(),
  /** The login token or access link that opened it, if one did. */
  loginTokenId: Id.optional(),
  accessLinkId: Id.optional(),
};

/** Of a user whom a partnership lets into the account. */
const byPartnership = { partnershipId: Id.optional(), providerAccountId: Id.optional() };

export const sessionOpened = defineEvent({
  ...session,
  action: 'opened',
  summary: 'A session was opened',
  data: z.object({
    ...sessionFacts,
    ...byPartnership,
    organizationId: Id.optional(),
    address: z.string(),
    expiresAt: Timestamp,
  }),
});
export const sessionEntered = defineEvent({
  ...session,
  action: 'entered',
  summary: 'A session now stands in this account',
  data: z.object({ ...sessionFacts, ...byPartnership, organizationId: Id.optional() }),
});
export const sessionLeft = defineEvent({
  ...session,
  action: 'left',
  summary: 'A session stands in this account no more',
  data: z.object(sessionFacts),
  revokes: true,
});
export const sessionOrganizationChanged = defineEvent({
  ...session,
  action: 'organization-changed',
  summary: 'A session stands in another organization of its account',
  data: z.object({ ...sessionFacts, from: Id.optional(), to: Id.optional() }),
  revokes: true,
});
export const sessionEnded = defineEvent({
  ...session,
  action: 'ended',
  summary: 'A session ended: whatever it kept open must close',
  data: z.object({ ...sessionFacts, reason: EndReason }),
  revokes: true,
});

const loginToken = { entity: 'login-token', source: 'tokens' } as const;

export const loginTokenCreated = defineEvent({
  ...loginToken,
  action: 'created',
  summary: 'A login token was made',
  data: z.object({ name: z.string(), type: LoginTokenType, role: LendableRole, scope: Scope }),
});
export const loginTokenUpdated = defineEvent({
  ...loginToken,
  action: 'updated',
  summary: 'A login token was changed',
  data: z.object({ name: z.string(), changes: Changes }),
  revokes: true,
});
export const loginTokenRedeemed = defineEvent({
  ...loginToken,
  action: 'redeemed',
  summary: 'A login token opened a session',
  data: z.object({ name: z.string(), sessionId: Id, address: z.string() }),
});
export const loginTokenUsed = defineEvent({
  ...loginToken,
  action: 'used',
  summary: 'The one session of a one-time token ended: it never revives',
  data: z.object({ name: z.string() }),
});
export const loginTokenRotated = defineEvent({
  ...loginToken,
  action: 'rotated',
  summary: 'A login token has a new secret',
  data: z.object({ name: z.string(), graceEndsAt: Timestamp.optional() }),
  revokes: true,
});
export const loginTokenExpiring = defineEvent({
  ...loginToken,
  action: 'expiring',
  summary: 'A login token expires soon: told 14, 7 and 1 days before, once each',
  data: z.object({ name: z.string(), expiresAt: Timestamp, daysLeft: DaysLeft }),
});
export const loginTokenExpired = defineEvent({
  ...loginToken,
  action: 'expired',
  summary: 'A login token reached its expiry',
  data: z.object({ name: z.string() }),
  revokes: true,
});
export const loginTokenDeleted = defineEvent({
  ...loginToken,
  action: 'deleted',
  summary: 'A login token was deleted: all its sessions end',
  data: z.object({ name: z.string() }),
  revokes: true,
});

const accessKey = { entity: 'access-key', source: 'tokens' } as const;

export const accessKeyCreated = defineEvent({
  ...accessKey,
  action: 'created',
  summary: 'An access key was made',
  data: z.object({ name: z.string(), role: LendableRole, scope: Scope }),
});
export const accessKeyUpdated = defineEvent({
  ...accessKey,
  action: 'updated',
  summary: 'An access key was changed',
  data: z.object({ name: z.string(), changes: Changes }),
  revokes: true,
});
export const accessKeyRotated = defineEvent({
  ...accessKey,
  action: 'rotated',
  summary: 'An access key has a new secret',
  data: z.object({ name: z.string(), graceEndsAt: Timestamp.optional() }),
  revokes: true,
});
export const accessKeyUsedFromNewPlace = defineEvent({
  ...accessKey,
  action: 'used-from-new-place',
  summary: 'An access key was used from a network it had not been used from; told once for each, but for the first',
  data: z.object({ name: z.string(), address: z.string() }),
});
export const accessKeyExpiring = defineEvent({
  ...accessKey,
  action: 'expiring',
  summary: 'An access key expires soon: told 14, 7 and 1 days before, once each',
  data: z.object({ name: z.string(), expiresAt: Timestamp, daysLeft: DaysLeft }),
});
export const accessKeyExpired = defineEvent({
  ...accessKey,
  action: 'expired',
  summary: 'An access key reached its expiry',
  data: z.object({ name: z.string() }),
  revokes: true,
});
export const accessKeyDeleted = defineEvent({
  ...accessKey,
  action: 'deleted',
  summary: 'An access key was deleted',
  data: z.object({ name: z.string() }),
  revokes: true,
});

const resourceServer = { entity: 'resource-server', source: 'tokens', data: z.object({ name: z.string() }) } as const;

export const resourceServerRegistered = defineEvent({
  ...resourceServer,
  action: 'registered',
  summary: 'A resource server was registered',
});
export const resourceServerRotated = defineEvent({
  ...resourceServer,
  action: 'rotated',
  summary: 'A resource server has a new secret',
  revokes: true,
});
export const resourceServerDeleted = defineEvent({
  ...resourceServer,
  action: 'deleted',
  summary: 'A resource server was forgotten',
  revokes: true,
});
