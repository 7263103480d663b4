import { z } from 'zod';
import { operator } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Permission } from './operator.ts';

/** The body of the request is the list itself; the gateway hands it on as `permissions`. */
export const putPermissions = defineCommand({
  subject: 'tenancy.v1.permission.put',
  summary: 'Replace the catalogue of resource permissions',
  input: z.strictObject({
    permissions: z
      .array(z.strictObject(Permission.shape))
      .max(500)
      .refine((all) => new Set(all.map((one) => one.name)).size === all.length, 'names each permission once'),
  }),
  output: z.array(Permission),
  errors: [],
  access: operator(),
  http: { method: 'PUT', path: '/v1/operator/permissions', success: 200, wholeBody: 'permissions' },
});
