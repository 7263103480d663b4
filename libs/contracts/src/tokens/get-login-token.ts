import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { LoginTokenRevision, oneLoginToken } from './login-token.ts';

export const getLoginToken = defineQuery({
  subject: 'tokens.v1.login-token.get',
  summary: 'One login token',
  input: z.strictObject(oneLoginToken),
  output: LoginTokenRevision,
  errors: ['not_found'],
  access: allow({ account: ['owner', 'manager', 'viewer'] }, { module: 'login_tokens' }),
  http: { method: 'GET', path: '/v1/accounts/{accountId}/login-tokens/{loginTokenId}', success: 200 },
});
