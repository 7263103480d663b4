import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { EmailAddress, Id, line } from '../kernel/fields.ts';

/** Whom an account's bills name; null where nothing is said. */
export const BillingDetails = z
  .object({
    companyName: line(1, 200).nullable(),
    email: EmailAddress.nullable(),
    address: line(1, 500).nullable(),
    taxId: line(1, 50).nullable(),
  })
  .meta({ id: 'BillingDetails' });
export type BillingDetails = z.infer<typeof BillingDetails>;

const path = '/v1/accounts/{accountId}/billing';
const Revised = BillingDetails.extend({ revision: z.number().int() });

export const getBillingDetails = defineQuery({
  subject: 'tenancy.v1.account.get-billing',
  summary: 'The account’s billing details',
  input: z.strictObject({ accountId: Id }),
  output: Revised,
  errors: ['not_found'],
  access: allow({ account: ['owner'] }),
  http: { method: 'GET', path, success: 200 },
});

export const putBillingDetails = defineCommand({
  subject: 'tenancy.v1.account.put-billing',
  summary: 'Replace the account’s billing details',
  input: z.strictObject({ accountId: Id, ...BillingDetails.shape }),
  output: Revised,
  errors: ['not_found', 'forbidden', 'precondition_failed'],
  access: allow({ account: ['owner'] }),
  http: { method: 'PUT', path, success: 200 },
});
