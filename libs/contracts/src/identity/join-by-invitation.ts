import { z } from 'zod';
import { anyone } from '../kernel/access.ts';
import { Role, Scope } from '../kernel/caller.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { line, Named, opaque, Timestamp } from '../kernel/fields.ts';
import { Membership } from '../tenancy/members.ts';
import { LanguageTag, NewPassword } from './user.ts';

const token = opaque(1, 200);

export const previewInvitation = defineQuery({
  subject: 'identity.v1.invitation.preview',
  summary: 'What an invitation invites to, and whether its address is a user’s already; consumes nothing',
  input: z.strictObject({ token }),
  output: z.object({
    /** Where one goes on to. */
    account: Named,
    by: z.object({ name: z.string() }),
    role: Role,
    scope: z.object({ type: Scope.shape.type, name: z.string() }),
    email: z.string(),
    expiresAt: Timestamp,
    /** Then one accepts signed in as that user; else with a name and a password. */
    registered: z.boolean(),
  }),
  errors: ['invalid_token', 'too_many_requests'],
  access: anyone(),
  http: { method: 'POST', path: '/v1/invitations/preview', success: 200 },
});

export const joinByInvitation = defineCommand({
  subject: 'identity.v1.invitation.accept',
  summary:
    'Accept an invitation: signed in as who has verified its address, or as a new user with a name and a password, ' +
    'for whom the mailed secret verifies it',
  input: z
    .strictObject({
      token,
      name: line(1, 120).optional(),
      password: NewPassword.optional(),
      locale: LanguageTag.default('en'),
    })
    .refine(({ name, password }) => (name === undefined) === (password === undefined), {
      message: 'goes with a name and a password, or with neither',
      path: ['password'],
    }),
  output: Membership,
  errors: [
    'invalid_token',
    'unauthenticated',
    'wrong_password',
    'invitation_for_another',
    'own_role',
    'already_member',
    'guessable_password',
    'too_many_requests',
  ],
  access: anyone('portal'),
  http: { method: 'POST', path: '/v1/invitations/accept', success: 200 },
});
