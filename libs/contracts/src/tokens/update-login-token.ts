import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { loginTokenFields, LoginTokenRevision, oneLoginToken } from './login-token.ts';

export const updateLoginToken = defineCommand({
  subject: 'tokens.v1.login-token.update',
  summary: 'Change a login token; what is absent stays, null removes',
  input: z.strictObject({ ...oneLoginToken, ...z.object(loginTokenFields).partial().shape }),
  output: LoginTokenRevision,
  errors: ['not_found', 'name_taken', 'expiry_not_future', 'limit_exceeded', 'precondition_failed', 'token_ended'],
  access: allow({ account: ['owner', 'manager'] }, { module: 'login_tokens' }),
  http: { method: 'PATCH', path: '/v1/accounts/{accountId}/login-tokens/{loginTokenId}', success: 200 },
});
