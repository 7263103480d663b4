import { z } from 'zod';
import { anyone, services, signedIn } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { EmailAddress, Id, Nothing, opaque } from '../kernel/fields.ts';
import { NewPassword, TypedPassword } from './user.ts';

export const changePassword = defineCommand({
  subject: 'identity.v1.password.change',
  summary: 'Change one’s password, ending one’s other sessions if so wished; resets under way are void',
  input: z.strictObject({
    currentPassword: TypedPassword,
    password: NewPassword,
    endOtherSessions: z.boolean().default(false),
  }),
  output: Nothing,
  errors: ['wrong_password', 'guessable_password', 'too_many_requests'],
  access: signedIn('portal'),
  http: { method: 'PUT', path: '/v1/users/me/password', success: 204 },
});

export const requestPasswordReset = defineCommand({
  subject: 'identity.v1.password-reset.request',
  summary: 'Mail a password reset; answers alike whether or not the address is known',
  input: z.strictObject({ email: EmailAddress }),
  output: Nothing,
  errors: ['too_many_requests'],
  access: anyone(),
  http: { method: 'POST', path: '/v1/password-resets', success: 202 },
});

/** What a request comes to once it is answered: who asks must not learn from its time whether anybody has the address. */
export const beginPasswordReset = defineCommand({
  subject: 'identity.v1.password-reset.begin',
  summary:
    'Mail a new reset to a verified address, if it is somebody’s, and void the user’s earlier one; idempotent by its id',
  input: z.strictObject({ email: EmailAddress, resetId: Id }),
  output: Nothing,
  errors: [],
  access: services('identity'),
});

export const completePasswordReset = defineCommand({
  subject: 'identity.v1.password-reset.complete',
  summary: 'Set a new password with the mailed secret: ends all sessions, signs nobody in, leaves two-factor on',
  input: z.strictObject({ token: opaque(1, 200), password: NewPassword }),
  output: Nothing,
  errors: ['invalid_token', 'guessable_password', 'too_many_requests'],
  access: anyone(),
  http: { method: 'POST', path: '/v1/password-resets/complete', success: 204 },
});
