import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { accessKeyPath, AccessKeyRevision, oneAccessKey } from './access-key.ts';

export const getAccessKey = defineQuery({
  subject: 'tokens.v1.access-key.get',
  summary: 'One access key',
  input: z.strictObject(oneAccessKey),
  output: AccessKeyRevision,
  errors: ['not_found'],
  access: allow({ account: ['owner'] }),
  http: { method: 'GET', path: accessKeyPath, success: 200 },
});
