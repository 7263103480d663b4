import { z } from 'zod';
import { anyone } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { EmailAddress, Nothing, opaque } from '../kernel/fields.ts';
import { TypedPassword } from './user.ts';

export const verifyEmail = defineCommand({
  subject: 'identity.v1.email.verify',
  summary: 'Verify an address with the mailed secret; a user’s first also with the password of the sign-up',
  input: z.strictObject({ token: opaque(1, 200), password: TypedPassword.optional() }),
  output: Nothing,
  errors: ['invalid_token', 'wrong_password', 'too_many_requests'],
  access: anyone(),
  http: { method: 'POST', path: '/v1/email-verifications', success: 204 },
});

export const resendVerification = defineCommand({
  subject: 'identity.v1.email.resend-verification',
  summary: 'Mail the verification again; answers alike whether or not the address is known',
  input: z.strictObject({ email: EmailAddress }),
  output: Nothing,
  errors: ['too_many_requests'],
  access: anyone(),
  http: { method: 'POST', path: '/v1/email-verifications/resend', success: 202 },
});
