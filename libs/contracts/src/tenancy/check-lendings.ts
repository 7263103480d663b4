import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';
import { checkAccessLink } from './check-access-link.ts';

export const checkLendings = defineQuery({
  subject: 'tenancy.v1.access-link.check-many',
  summary: 'Which makers may lend which users access to the account by links',
  input: z.strictObject({
    accountId: Id,
    lendings: z
      .array(z.strictObject({ makerId: Id, userId: Id }))
      .min(1)
      .max(1000),
  }),
  /** Of as many as were asked, in their order. */
  output: z.object({ lendings: z.array(checkAccessLink.output.pick({ allowed: true, isMember: true })) }),
  errors: ['not_found'],
  access: services('tokens'),
});
