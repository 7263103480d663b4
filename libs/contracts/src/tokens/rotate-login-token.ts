import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { GraceSeconds } from './lent-credential.ts';
import { LoginToken, oneLoginToken } from './login-token.ts';

export const rotateLoginToken = defineCommand({
  subject: 'tokens.v1.login-token.rotate',
  summary: 'Give a login token a new secret; within the grace period the old one still opens sessions',
  input: z.strictObject({ ...oneLoginToken, graceSeconds: GraceSeconds }),
  output: z.object({ loginToken: LoginToken, secret: z.string() }),
  errors: ['not_found', 'not_rotatable', 'grace_not_allowed'],
  access: allow({ account: ['owner', 'manager'] }, { module: 'login_tokens' }),
  http: { method: 'POST', path: '/v1/accounts/{accountId}/login-tokens/{loginTokenId}/rotate', success: 200 },
});
