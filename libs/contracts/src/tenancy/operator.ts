import { z } from 'zod';
import { operator } from '../kernel/access.ts';
import { Role } from '../kernel/caller.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, line, pageOf, pageQuery, partOf, Timestamp } from '../kernel/fields.ts';
import { ModuleName } from '../kernel/modules.ts';
import { Account } from './account.ts';

/** An account as platform staff see it. */
export const OperatorAccount = Account.extend({
  deletedAt: Timestamp.optional().meta({ description: 'Absent unless it was deleted; thirty days later it is purged' }),
}).meta({ id: 'OperatorAccount' });
export type OperatorAccount = z.infer<typeof OperatorAccount>;

const Revised = OperatorAccount.extend({ revision: z.number().int() });

export const listAccountsAsOperator = defineQuery({
  subject: 'tenancy.v1.account.list-all',
  summary: 'All accounts, also those that were deleted',
  input: z.strictObject({
    query: partOf('name', 120),
    status: z.enum(['active', 'deleted']).optional().meta({ description: 'In this state alone' }),
    ...pageQuery,
  }),
  output: pageOf(OperatorAccount),
  errors: [],
  access: operator(),
  http: { method: 'GET', path: '/v1/operator/accounts', success: 200 },
});

export const getAccountAsOperator = defineQuery({
  subject: 'tenancy.v1.account.get-any',
  summary: 'One account',
  input: z.strictObject({ accountId: Id }),
  output: Revised,
  errors: ['not_found'],
  access: operator(),
  http: { method: 'GET', path: '/v1/operator/accounts/{accountId}', success: 200 },
});

export const setModules = defineCommand({
  subject: 'tenancy.v1.account.set-modules',
  summary: 'Turn modules on or off; those not named stay',
  input: z.strictObject({ accountId: Id, modules: z.partialRecord(ModuleName, z.boolean()) }),
  output: Revised,
  errors: ['not_found', 'precondition_failed'],
  access: operator(),
  http: { method: 'PATCH', path: '/v1/operator/accounts/{accountId}', success: 200 },
});

/** A resource permission and the roles that include it. */
export const Permission = z
  .object({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/, 'must look like devices.manage')
      .max(100),
    description: line(0, 300),
    roles: z.array(Role).max(10),
  })
  .meta({ id: 'Permission' });
export type Permission = z.infer<typeof Permission>;

export const getPermissions = defineQuery({
  subject: 'tenancy.v1.permission.list',
  summary: 'The catalogue of resource permissions',
  input: z.strictObject({}),
  output: z.array(Permission),
  errors: [],
  access: operator(),
  http: { method: 'GET', path: '/v1/operator/permissions', success: 200 },
});
