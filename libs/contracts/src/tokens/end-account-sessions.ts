import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id, Nothing } from '../kernel/fields.ts';
import { SessionKind } from './session.ts';

export const endAccountSession = defineCommand({
  subject: 'tokens.v1.session.end-one',
  summary: 'End one live session of the account',
  input: z.strictObject({ accountId: Id, sessionId: Id }),
  output: Nothing,
  errors: ['not_found'],
  access: allow({ account: ['owner'] }),
  http: { method: 'DELETE', path: '/v1/accounts/{accountId}/sessions/{sessionId}', success: 204 },
});

export const endAccountSessions = defineCommand({
  subject: 'tokens.v1.session.end-all',
  summary: 'End the live sessions of the account, of one kind or all but the asking one',
  input: z.strictObject({ accountId: Id, kind: SessionKind.optional().meta({ description: 'Of this kind alone' }) }),
  output: Nothing,
  errors: [],
  access: allow({ account: ['owner'] }),
  http: { method: 'DELETE', path: '/v1/accounts/{accountId}/sessions', success: 204, query: ['kind'] },
});
