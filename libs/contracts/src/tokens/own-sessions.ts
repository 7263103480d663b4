import { z } from 'zod';
import { signedIn } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, Nothing, pageOf, pageQuery } from '../kernel/fields.ts';
import { Session, SessionState } from './session.ts';

const path = '/v1/users/me/sessions';

export const listOwnSessions = defineQuery({
  subject: 'tokens.v1.session.list-own',
  summary: 'One’s own live portal sessions, in whatever account they stand',
  input: z.strictObject({ ...pageQuery }),
  output: pageOf(SessionState),
  errors: [],
  access: signedIn('portal'),
  http: { method: 'GET', path, success: 200, answer: pageOf(Session) },
});

export const endOwnSession = defineCommand({
  subject: 'tokens.v1.session.end-own',
  summary: 'End one of one’s own portal sessions',
  input: z.strictObject({ sessionId: Id }),
  output: Nothing,
  errors: ['not_found'],
  access: signedIn('portal'),
  http: { method: 'DELETE', path: `${path}/{sessionId}`, success: 204 },
});

export const endOwnSessions = defineCommand({
  subject: 'tokens.v1.session.end-own-others',
  summary: 'End one’s own portal sessions, all but the asking one',
  input: z.strictObject({}),
  output: Nothing,
  errors: [],
  access: signedIn('portal'),
  http: { method: 'DELETE', path, success: 204 },
});
