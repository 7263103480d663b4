import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id, pageOf, pageQuery, partOf } from '../kernel/fields.ts';
import { LoginToken, LoginTokenStatus } from './login-token.ts';

export const listLoginTokens = defineQuery({
  subject: 'tokens.v1.login-token.list',
  summary: 'Login tokens of the account',
  input: z.strictObject({
    accountId: Id,
    status: LoginTokenStatus.optional().meta({ description: 'In this state alone' }),
    query: partOf('name', 60),
    ...pageQuery,
  }),
  output: pageOf(LoginToken),
  errors: [],
  access: allow({ account: ['owner', 'manager', 'viewer'] }, { module: 'login_tokens' }),
  http: { method: 'GET', path: '/v1/accounts/{accountId}/login-tokens', success: 200 },
});
