import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';
import { LoginToken, loginTokenFields, LoginTokenType } from './login-token.ts';

export const createLoginToken = defineCommand({
  subject: 'tokens.v1.login-token.create',
  summary: 'Make a login token; its secret is shown this once',
  input: z.strictObject({
    accountId: Id,
    name: loginTokenFields.name,
    type: LoginTokenType,
    role: loginTokenFields.role.default('manager'),
    scope: loginTokenFields.scope.optional(),
    expiresAt: loginTokenFields.expiresAt.optional(),
    allowedCidrs: loginTokenFields.allowedCidrs.default([]),
    maxSessions: loginTokenFields.maxSessions.optional(),
  }),
  output: z.object({ loginToken: LoginToken, secret: z.string() }),
  errors: ['name_taken', 'not_found', 'expiry_not_future', 'limit_exceeded'],
  access: allow({ account: ['owner', 'manager'] }, { module: 'login_tokens', keys: true }),
  http: {
    method: 'POST',
    path: '/v1/accounts/{accountId}/login-tokens',
    success: 201,
    creates: { member: 'loginToken' },
  },
});
