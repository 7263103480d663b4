import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';

/** Whose portal sessions in the account reach nothing but enrolment until they have two-factor. */
export const TwoFactorDemand = z.enum(['off', 'owners', 'everyone']);
export type TwoFactorDemand = z.infer<typeof TwoFactorDemand>;

export const AccountPolicy = z
  .object({
    requireTwoFactor: TwoFactorDemand.meta({
      description: 'Whose portal sessions in the account reach only enrolment until they have two-factor',
    }),
    managersMayDelete: z.boolean().meta({ description: 'Account managers may delete organizations and groups' }),
    portalIdleMinutes: z
      .number()
      .int()
      .min(5)
      .max(1440)
      .meta({ description: 'Minutes without use after which a portal session ends; 60 unless set' }),
    portalMaxHours: z
      .number()
      .int()
      .min(1)
      .max(720)
      .meta({ description: 'Hours after its sign-in at which a portal session ends; 24 unless set' }),
  })
  .meta({ id: 'AccountPolicy' });
export type AccountPolicy = z.infer<typeof AccountPolicy>;

const path = '/v1/accounts/{accountId}/policy';
const Revised = AccountPolicy.extend({ revision: z.number().int() });

export const getAccountPolicy = defineQuery({
  subject: 'tenancy.v1.account.get-policy',
  summary: 'The account’s security policy',
  input: z.strictObject({ accountId: Id }),
  output: Revised,
  errors: ['not_found'],
  access: allow({ account: ['owner', 'manager'] }),
  http: { method: 'GET', path, success: 200 },
});

export const updateAccountPolicy = defineCommand({
  subject: 'tenancy.v1.account.update-policy',
  summary: 'Change the account’s security policy; what is absent stays. It holds for live sessions too',
  input: z.strictObject({ accountId: Id, ...AccountPolicy.partial().shape }),
  output: Revised,
  errors: ['not_found', 'forbidden', 'precondition_failed'],
  access: allow({ account: ['owner'] }),
  http: { method: 'PATCH', path, success: 200 },
});
