import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { EmailAddress, Id, Nothing } from '../kernel/fields.ts';

export const keepProfile = defineCommand({
  subject: 'tenancy.v1.profile.keep',
  summary: 'Keep a user’s name and primary address for the search of members; applied when newer',
  input: z.strictObject({ userId: Id, version: z.number().int(), name: z.string(), primaryEmail: EmailAddress }),
  output: Nothing,
  errors: [],
  access: services('identity'),
});
