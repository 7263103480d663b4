import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { accessKeyPath, AccessKeyRevision, oneAccessKey } from './access-key.ts';
import { lentFields } from './lent-credential.ts';

export const updateAccessKey = defineCommand({
  subject: 'tokens.v1.access-key.update',
  summary: 'Change an access key; what is absent stays, null removes',
  input: z.strictObject({ ...oneAccessKey, ...z.object(lentFields).partial().shape }),
  output: AccessKeyRevision,
  errors: ['not_found', 'name_taken', 'expiry_not_future', 'precondition_failed', 'token_ended'],
  access: allow({ account: ['owner'] }, { keys: false }),
  http: { method: 'PATCH', path: accessKeyPath, success: 200 },
});
