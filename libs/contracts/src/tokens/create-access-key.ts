import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';
import { AccessKeyShown, accessKeysPath } from './access-key.ts';
import { lentFields } from './lent-credential.ts';

export const createAccessKey = defineCommand({
  subject: 'tokens.v1.access-key.create',
  summary: 'Make an access key, for viewing unless it says otherwise; its secret is shown this once',
  input: z.strictObject({
    accountId: Id,
    name: lentFields.name,
    role: lentFields.role.default('viewer'),
    scope: lentFields.scope.optional(),
    expiresAt: lentFields.expiresAt.optional(),
    allowedCidrs: lentFields.allowedCidrs.default([]),
  }),
  output: AccessKeyShown,
  errors: ['name_taken', 'not_found', 'expiry_not_future'],
  access: allow({ account: ['owner'] }, { keys: false }),
  http: { method: 'POST', path: accessKeysPath, success: 201, creates: { member: 'accessKey' } },
});
