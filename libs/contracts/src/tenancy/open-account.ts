import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { EmailAddress, Id, Nothing } from '../kernel/fields.ts';

export const openAccount = defineCommand({
  subject: 'tenancy.v1.account.open',
  summary: 'Open the account of a sign-up with its owner; idempotent by the account id, which identity minted',
  input: z.strictObject({
    accountId: Id,
    accountName: z.string(),
    owner: z.strictObject({ userId: Id, name: z.string(), primaryEmail: EmailAddress, version: z.number().int() }),
  }),
  output: Nothing,
  errors: [],
  access: services('identity'),
});
