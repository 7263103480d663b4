import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id, Nothing } from '../kernel/fields.ts';

export const recheckStanders = defineCommand({
  subject: 'tokens.v1.account.recheck',
  summary:
    'Take out of an account whoever may stand there no more, having asked anew: for what no event of that account tells, ' +
    'such as that a partner company lost its module or was deleted; idempotent',
  input: z.strictObject({ accountId: Id }),
  output: Nothing,
  errors: [],
  access: services('tenancy'),
});
