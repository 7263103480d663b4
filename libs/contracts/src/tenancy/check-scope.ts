import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { Scope } from '../kernel/caller.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';

export const checkScope = defineQuery({
  subject: 'tenancy.v1.scope.check',
  summary: 'Whether a group or organization exists in the account',
  input: z.strictObject({ accountId: Id, scope: Scope }),
  output: z.object({ exists: z.boolean() }),
  errors: [],
  access: services('tokens'),
});
