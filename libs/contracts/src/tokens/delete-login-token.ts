import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Nothing } from '../kernel/fields.ts';
import { oneLoginToken } from './login-token.ts';

export const deleteLoginToken = defineCommand({
  subject: 'tokens.v1.login-token.delete',
  summary: 'Delete a login token and end all its sessions at once',
  input: z.strictObject(oneLoginToken),
  output: Nothing,
  errors: ['not_found'],
  access: allow({ account: ['owner', 'manager'] }, { module: 'login_tokens' }),
  http: { method: 'DELETE', path: '/v1/accounts/{accountId}/login-tokens/{loginTokenId}', success: 204 },
});
