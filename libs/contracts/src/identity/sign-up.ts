import { z } from 'zod';
import { anyone } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { EmailAddress, line, Nothing } from '../kernel/fields.ts';
import { LanguageTag, NewPassword } from './user.ts';

export const signUp = defineCommand({
  subject: 'identity.v1.user.sign-up',
  summary: 'Sign up with a new account; answers alike whether or not the address is known',
  input: z.strictObject({
    email: EmailAddress,
    password: NewPassword,
    name: line(1, 120),
    accountName: line(1, 120),
    locale: LanguageTag.default('en'),
  }),
  output: Nothing,
  errors: ['guessable_password', 'too_many_requests'],
  access: anyone(),
  http: { method: 'POST', path: '/v1/users', success: 202 },
});
