import { z } from 'zod';
import { gateway } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';

/** Asked only of users whom an account's policy binds. */
export const hasTwoFactor = defineQuery({
  subject: 'identity.v1.user.has-two-factor',
  summary: 'Which of these users have two-factor authentication on; unknown ones have not',
  input: z.strictObject({ userIds: z.array(Id).min(1).max(1000) }),
  output: z.object({ enrolled: z.array(z.boolean()) }),
  errors: [],
  access: gateway(),
});
