import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id, Nothing } from '../kernel/fields.ts';
import { ModuleName } from '../kernel/modules.ts';

export const keepAccount = defineCommand({
  subject: 'tokens.v1.account.keep',
  summary: 'Keep an account’s limit and modules before their change is answered; applied when newer',
  input: z.strictObject({
    accountId: Id,
    /** The account’s version, as its events count it. */
    sequence: z.number().int(),
    tokenSessionLimit: z.number().int().nullable(),
    modules: z.array(ModuleName),
  }),
  output: Nothing,
  errors: [],
  access: services('tenancy'),
});
