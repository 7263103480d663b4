import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id, Nothing } from '../kernel/fields.ts';

export const endAddressLinks = defineCommand({
  subject: 'tokens.v1.access-link.end-of-address',
  summary: 'Delete what links were mailed to an address that its user has removed, and end their sessions; idempotent',
  input: z.strictObject({ userId: Id, emailId: Id }),
  output: Nothing,
  errors: [],
  access: services('identity'),
});
