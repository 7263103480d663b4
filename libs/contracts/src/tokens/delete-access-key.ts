import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Nothing } from '../kernel/fields.ts';
import { accessKeyPath, oneAccessKey } from './access-key.ts';

export const deleteAccessKey = defineCommand({
  subject: 'tokens.v1.access-key.delete',
  summary: 'Delete an access key: it is refused at once',
  input: z.strictObject(oneAccessKey),
  output: Nothing,
  errors: ['not_found'],
  access: allow({ account: ['owner'] }, { keys: false }),
  http: { method: 'DELETE', path: accessKeyPath, success: 204 },
});
