import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';
import { Locale } from './user.ts';

export const findMailboxes = defineQuery({
  subject: 'identity.v1.user.mailboxes',
  summary: 'Where and in which language to write to these users; unknown ones are left out',
  input: z.strictObject({ userIds: z.array(Id).min(1).max(1000) }),
  output: z.object({
    users: z.array(
      z.object({
        userId: Id,
        name: z.string(),
        locale: Locale,
        primaryEmail: z.string(),
        /** The primary one among them. */
        verifiedEmails: z.array(z.string()),
      }),
    ),
  }),
  errors: [],
  access: services('notifications'),
});

export const listVerifiedEmails = defineQuery({
  subject: 'identity.v1.user.verified-emails',
  summary: 'A user’s verified addresses, the oldest first; none of an unknown user',
  input: z.strictObject({ userId: Id }),
  output: z.object({ emails: z.array(z.object({ id: Id, email: z.string() })) }),
  errors: [],
  access: services('tenancy'),
});
