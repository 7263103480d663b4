import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';

export const listOwners = defineQuery({
  subject: 'tenancy.v1.account.owners',
  summary: 'Who owns an account, also one that was deleted, until it is purged',
  input: z.strictObject({ accountId: Id }),
  output: z.object({ accountName: z.string(), userIds: z.array(Id) }),
  errors: ['not_found'],
  access: services('notifications'),
});
