import { z } from 'zod';
import { Grant, Party, Role } from '../kernel/caller.ts';
import { Id, Named, Timestamp } from '../kernel/fields.ts';

/** An access key is no session, though it verifies the same way. */
export const SessionKind = z.enum(['portal', 'login_token', 'access_link']);
export type SessionKind = z.infer<typeof SessionKind>;

/** Why a session ended. */
export const EndReason = z.enum([
  'signed-out',
  'idle',
  'expired',
  'ended-by-user',
  'ended-by-owner',
  'credential-deleted',
  'credential-rotated',
  'credential-expired',
  'link-edited',
  'membership-lost',
  'module-disabled',
  'password-changed',
  'user-locked',
]);
export type EndReason = z.infer<typeof EndReason>;

const credential = {
  /** Of the session or the access key. */
  id: Id,
  subject: Party,
  actor: Party.optional(),
  accountId: Id.optional(),
  organizationId: Id.optional(),
  /** Of a login token or access key; a user's rights are memberships. */
  grant: Grant.optional(),
  operator: z.boolean(),
  allowedCidrs: z.array(z.string()),
  createdAt: Timestamp,
};

export const SessionState = z.object({
  ...credential,
  kind: SessionKind,
  lastSeenAt: Timestamp,
  idleExpiresAt: Timestamp,
  expiresAt: Timestamp,
  /** Seconds without use after which it ends. */
  idleSeconds: z.number().int().positive(),
  address: z.string(),
  userAgent: z.string(),
});
export type SessionState = z.infer<typeof SessionState>;

/** Of an access key, or of its old secret, which ends with its grace. Use or no use, it ends when it says, or never. */
export const AccessKeyState = z.object({
  ...credential,
  kind: z.literal('access_key'),
  expiresAt: Timestamp.optional(),
});
export type AccessKeyState = z.infer<typeof AccessKeyState>;

/** What `tokens` knows of a live credential: the half of an introspection that tenancy does not own. */
export const CredentialState = z.discriminatedUnion('kind', [SessionState, AccessKeyState]);
export type CredentialState = z.infer<typeof CredentialState>;

/** A session as its holder sees it, and whoever may see who is in. Without a role where it may stand no more. */
export const Session = z
  .object({
    id: Id,
    kind: SessionKind,
    subject: Party,
    actor: Party.optional(),
    account: Named.optional(),
    organization: Named.optional(),
    role: Role.optional(),
    permissions: z.array(z.string()),
    partnershipId: Id.optional(),
    providerAccountId: Id.optional(),
    createdAt: Timestamp,
    lastSeenAt: Timestamp,
    idleExpiresAt: Timestamp,
    expiresAt: Timestamp,
    address: z.string(),
    userAgent: z.string(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

/**
 * How a session is opened by cookie. The gateway sets the cookies; the service that is asked so opens a forwarded session
 * beside it.
 */
export const ByCookie = z
  .boolean()
  .optional()
  .meta({
    description:
      'Set the secret as the cookie `__Host-valetkey` instead of answering it. Where the gateway has a domain to share, ' +
      'the cookie `__Secure-valetkey` carries a forwarded session there',
  });

/** A session just opened; its secret is in the answer, or in a cookie when that was asked for. */
export const SessionOpened = z
  .object({ session: Session, secret: z.string().optional() })
  .meta({ id: 'SessionOpened' });

export const CredentialOpened = z.object({
  session: SessionState,
  secret: z.string(),
  /** Of a forwarded session (`vkf_`), if one was asked for: the same session for introspection and forward-auth alone. */
  forwardedSecret: z.string().optional(),
});
export type CredentialOpened = z.infer<typeof CredentialOpened>;
