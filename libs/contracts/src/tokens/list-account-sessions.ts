import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id, pageOf, pageQuery } from '../kernel/fields.ts';
import { Session, SessionKind, SessionState } from './session.ts';

export const listAccountSessions = defineQuery({
  subject: 'tokens.v1.session.list',
  summary: 'Live sessions of the account',
  input: z.strictObject({
    accountId: Id,
    kind: SessionKind.optional().meta({ description: 'Of this kind alone' }),
    ...pageQuery,
  }),
  output: pageOf(SessionState),
  errors: [],
  access: allow({ account: ['owner', 'manager'] }),
  http: { method: 'GET', path: '/v1/accounts/{accountId}/sessions', success: 200, answer: pageOf(Session) },
});
