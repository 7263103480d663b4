import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id, pageOf, pageQuery, partOf } from '../kernel/fields.ts';
import { AccessKey, AccessKeyStatus, accessKeysPath } from './access-key.ts';

export const listAccessKeys = defineQuery({
  subject: 'tokens.v1.access-key.list',
  summary: 'Access keys of the account',
  input: z.strictObject({
    accountId: Id,
    status: AccessKeyStatus.optional().meta({ description: 'In this state alone' }),
    query: partOf('name', 60),
    ...pageQuery,
  }),
  output: pageOf(AccessKey),
  errors: [],
  access: allow({ account: ['owner'] }),
  http: { method: 'GET', path: accessKeysPath, success: 200 },
});
