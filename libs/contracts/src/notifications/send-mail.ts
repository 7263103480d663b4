import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { Role } from '../kernel/caller.ts';
import { defineCommand } from '../kernel/contract.ts';
import { EmailAddress, Id, Nothing, Timestamp } from '../kernel/fields.ts';
import { Locale } from '../identity/user.ts';

/** What stands sealed in a mail order: only notifications opens it. */
export const MailContent = z.discriminatedUnion('template', [
  z.strictObject({
    template: z.literal('verification'),
    /** Not yet known to be the user's own, so the mail has nothing in it that the one who signed up could word. */
    to: EmailAddress,
    locale: Locale,
    secret: z.string(),
    /** Asked about before sending. */
    verificationId: Id,
  }),
  z.strictObject({ template: z.literal('already-registered'), to: EmailAddress, name: z.string(), locale: Locale }),
  z.strictObject({
    template: z.literal('address-verification'),
    /** An address that a user added and nobody has verified. */
    to: EmailAddress,
    locale: Locale,
    secret: z.string(),
    /** Asked about before sending. */
    verificationId: Id,
  }),
  z.strictObject({
    template: z.literal('password-reset'),
    to: EmailAddress,
    name: z.string(),
    locale: Locale,
    secret: z.string(),
    /** Asked about before sending. */
    resetId: Id,
  }),
  z.strictObject({
    template: z.literal('invitation'),
    to: EmailAddress,
    locale: Locale,
    secret: z.string(),
    accountName: z.string(),
    inviterName: z.string(),
    role: Role,
    /** The group or organization, unless it is the whole account. */
    scopeName: z.string().optional(),
    expiresAt: Timestamp,
    /** Asked about before sending. */
    invitationId: Id,
  }),
  z.strictObject({
    template: z.literal('access-link'),
    to: EmailAddress,
    locale: Locale,
    secret: z.string(),
    accountName: z.string(),
    /** Who made the link, or edited it last. */
    byName: z.string(),
    expiresAt: Timestamp,
    /** Whether it asks for a password, which no mail tells. */
    hasPassword: z.boolean(),
    /** Whether it asks for a two-factor code. */
    needsCode: z.boolean().optional(),
    /** Asked about before sending, with which of its secrets this one is. */
    accessLinkId: Id,
    secretNumber: z.number().int(),
  }),
]);
export type MailContent = z.infer<typeof MailContent>;

export const sendMail = defineCommand({
  subject: 'notifications.v1.mail.send',
  summary: 'Queue one mail; idempotent by its id',
  input: z.strictObject({
    mailId: Id,
    template: z.string(),
    /** JWE (RFC 7516) of a `MailContent`, ECDH-ES on X25519 to notifications’ key. */
    sealed: z.string().max(20_000),
    /** After which it is no use any more. */
    expiresAt: Timestamp,
  }),
  output: Nothing,
  errors: [],
  access: services('identity', 'tenancy', 'tokens'),
});
