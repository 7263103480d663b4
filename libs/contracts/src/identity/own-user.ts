import { z } from 'zod';
import { signedIn } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, line, Timestamp } from '../kernel/fields.ts';
import { LanguageTag, Locale } from './user.ts';

export const User = z
  .object({ id: Id, name: z.string(), locale: Locale, twoFactor: z.boolean(), createdAt: Timestamp })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

/** With the revision that its `ETag` shows. */
const UserRevision = User.extend({ revision: z.number().int() });

const path = '/v1/users/me';

export const getOwnUser = defineQuery({
  subject: 'identity.v1.user.get-own',
  summary: 'Oneself',
  input: z.strictObject({}),
  output: UserRevision,
  errors: [],
  access: signedIn('portal'),
  http: { method: 'GET', path, success: 200 },
});

export const updateOwnUser = defineCommand({
  subject: 'identity.v1.user.update-own',
  summary: 'Change one’s name or language; what is absent stays',
  input: z.strictObject({ name: line(1, 120).optional(), locale: LanguageTag.optional() }),
  output: UserRevision,
  errors: ['precondition_failed'],
  access: signedIn('portal'),
  http: { method: 'PATCH', path, success: 200 },
});
