import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id, Nothing } from '../kernel/fields.ts';
import { ModuleName } from '../kernel/modules.ts';

export const keepAccount = defineCommand({
  subject: 'tokens.v1.account.keep',
  summary:
    'Keep what tokens follows of an account before its change is answered; applied when newer, what is absent stays',
  input: z.strictObject({
    accountId: Id,
    /** The account’s version, as its events count it. */
    sequence: z.number().int(),
    tokenSessionLimit: z.number().int().nullable(),
    modules: z.array(ModuleName),
    /** How long portal sessions that stand there live: minutes without use, and hours in all. */
    portalIdleMinutes: z.number().int().positive().optional(),
    portalMaxHours: z.number().int().positive().optional(),
    deleted: z.boolean().optional(),
  }),
  output: Nothing,
  errors: [],
  access: services('tenancy'),
});
