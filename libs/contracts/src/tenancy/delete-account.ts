import { z } from 'zod';
import { allow, operator } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id, Nothing } from '../kernel/fields.ts';
import { OperatorAccount } from './operator.ts';

export const deleteAccount = defineCommand({
  subject: 'tenancy.v1.account.delete',
  summary: 'Delete the account. For thirty days platform staff can restore it; then all of it is deleted for good',
  input: z.strictObject({
    accountId: Id,
    confirmName: z.string().max(200).meta({ description: 'The account’s name, exactly as it is shown' }),
  }),
  output: Nothing,
  errors: ['not_found', 'forbidden', 'wrong_name'],
  access: allow({ account: ['owner'] }, { keys: false }),
  http: { method: 'DELETE', path: '/v1/accounts/{accountId}', success: 204, body: true },
});

export const restoreAccount = defineCommand({
  subject: 'tenancy.v1.account.restore',
  summary: 'Restore a deleted account with all but its sessions',
  input: z.strictObject({ accountId: Id }),
  output: OperatorAccount.extend({ revision: z.number().int() }),
  errors: ['not_found', 'account_not_deleted'],
  access: operator(),
  http: { method: 'POST', path: '/v1/operator/accounts/{accountId}/restore', success: 200 },
});
