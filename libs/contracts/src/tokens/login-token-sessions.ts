import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, Nothing, pageOf, pageQuery } from '../kernel/fields.ts';
import { oneLoginToken } from './login-token.ts';
import { Session, SessionState } from './session.ts';

const path = '/v1/accounts/{accountId}/login-tokens/{loginTokenId}/sessions';

export const listLoginTokenSessions = defineQuery({
  subject: 'tokens.v1.login-token.list-sessions',
  summary: 'Live sessions that a login token opened',
  input: z.strictObject({ ...oneLoginToken, ...pageQuery }),
  output: pageOf(SessionState),
  errors: ['not_found'],
  access: allow({ account: ['owner', 'manager', 'viewer'] }, { module: 'login_tokens' }),
  http: { method: 'GET', path, success: 200, answer: pageOf(Session) },
});

export const endLoginTokenSessions = defineCommand({
  subject: 'tokens.v1.login-token.end-sessions',
  summary: 'End all live sessions of a login token',
  input: z.strictObject(oneLoginToken),
  output: Nothing,
  errors: ['not_found'],
  access: allow({ account: ['owner'] }, { module: 'login_tokens' }),
  http: { method: 'DELETE', path, success: 204 },
});

export const endLoginTokenSession = defineCommand({
  subject: 'tokens.v1.login-token.end-session',
  summary: 'End one live session of a login token',
  input: z.strictObject({ ...oneLoginToken, sessionId: Id }),
  output: Nothing,
  errors: ['not_found'],
  access: allow({ account: ['owner'] }, { module: 'login_tokens' }),
  http: { method: 'DELETE', path: `${path}/{sessionId}`, success: 204 },
});
