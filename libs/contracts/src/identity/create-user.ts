import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { EmailAddress, Id } from '../kernel/fields.ts';
import { LanguageTag, NewPassword } from './user.ts';

export const createUser = defineCommand({
  subject: 'identity.v1.user.create',
  summary: 'Make a user whose address the asker vouches for, without an account; idempotent by the address',
  input: z.strictObject({
    email: EmailAddress,
    name: z.string(),
    password: NewPassword,
    locale: LanguageTag.default('en'),
  }),
  output: z.object({ userId: Id, version: z.number().int() }),
  errors: [],
  access: services('seed'),
});
