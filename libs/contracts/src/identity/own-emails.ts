import { z } from 'zod';
import { signedIn } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { EmailAddress, Id, Nothing, pageOf, pageQuery, Timestamp } from '../kernel/fields.ts';
import { TypedPassword } from './user.ts';

export const Email = z
  .object({ id: Id, email: z.string(), verified: z.boolean(), primary: z.boolean(), createdAt: Timestamp })
  .meta({ id: 'Email' });
export type Email = z.infer<typeof Email>;

/** So that nobody gathers addresses, nor has us write to them. */
export const MOST_EMAILS = 20;

const path = '/v1/users/me/emails';
const one = `${path}/{emailId}` as const;

export const listOwnEmails = defineQuery({
  subject: 'identity.v1.email.list-own',
  summary: 'One’s addresses',
  input: z.strictObject(pageQuery),
  output: pageOf(Email),
  errors: [],
  access: signedIn('portal'),
  http: { method: 'GET', path, success: 200 },
});

export const addEmail = defineCommand({
  subject: 'identity.v1.email.add',
  summary: 'Add an address, to be verified by mail; answers alike whether or not it is somebody else’s',
  input: z.strictObject({ email: EmailAddress, currentPassword: TypedPassword }),
  output: Email,
  errors: ['wrong_password', 'email_taken', 'email_limit_reached', 'too_many_requests'],
  access: signedIn('portal'),
  http: { method: 'POST', path, success: 201, creates: {} },
});

export const removeEmail = defineCommand({
  subject: 'identity.v1.email.remove',
  summary: 'Remove an address, though not the last verified one; the oldest verified one follows the primary one',
  input: z.strictObject({ emailId: Id }),
  output: Nothing,
  errors: ['not_found', 'last_verified_email'],
  access: signedIn('portal'),
  http: { method: 'DELETE', path: one, success: 204 },
});

export const makeEmailPrimary = defineCommand({
  subject: 'identity.v1.email.make-primary',
  summary: 'Make a verified address the primary one',
  input: z.strictObject({ emailId: Id, currentPassword: TypedPassword }),
  output: Email,
  errors: ['not_found', 'wrong_password', 'email_not_verified', 'too_many_requests'],
  access: signedIn('portal'),
  http: { method: 'POST', path: `${one}/primary`, success: 200 },
});

export const resendEmailVerification = defineCommand({
  subject: 'identity.v1.email.verify-again',
  summary: 'Mail the verification of an added address again; the secret mailed before is void',
  input: z.strictObject({ emailId: Id }),
  output: Email,
  errors: ['not_found', 'email_verified', 'too_many_requests'],
  access: signedIn('portal'),
  http: { method: 'POST', path: `${one}/verification`, success: 200 },
});
