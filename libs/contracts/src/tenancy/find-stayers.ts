import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';

export const findStayers = defineQuery({
  subject: 'tenancy.v1.access.stayers',
  summary:
    'Which of these users, who stand in the account, may stay: by a membership or a partnership, a disabled one too',
  input: z.strictObject({ accountId: Id, userIds: z.array(Id).min(1).max(1000) }),
  /** As many as were asked, in their order; none stays in an account that is gone. */
  output: z.object({ stay: z.array(z.boolean()) }),
  errors: [],
  access: services('tokens'),
});
