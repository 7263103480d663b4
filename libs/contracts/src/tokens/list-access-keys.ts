import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id, line, pageOf, pageQuery } from '../kernel/fields.ts';
import { AccessKey, AccessKeyStatus, accessKeysPath } from './access-key.ts';

export const listAccessKeys = defineQuery({
  subject: 'tokens.v1.access-key.list',
  summary: 'Access keys of the account',
  input: z.strictObject({
    accountId: Id,
    status: AccessKeyStatus.optional(),
    query: line(1, 60).optional(),
    ...pageQuery,
  }),
  output: pageOf(AccessKey),
  errors: [],
  access: allow({ account: ['owner'] }),
  http: { method: 'GET', path: accessKeysPath, success: 200 },
});
