import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { accessKeyPath, AccessKeyShown, oneAccessKey } from './access-key.ts';
import { GraceSeconds } from './lent-credential.ts';

export const rotateAccessKey = defineCommand({
  subject: 'tokens.v1.access-key.rotate',
  summary: 'Give an access key a new secret; within the grace period the old one works too',
  input: z.strictObject({ ...oneAccessKey, graceSeconds: GraceSeconds }),
  output: AccessKeyShown,
  errors: ['not_found', 'not_rotatable'],
  access: allow({ account: ['owner'] }, { keys: false }),
  http: { method: 'POST', path: `${accessKeyPath}/rotate`, success: 200 },
});
