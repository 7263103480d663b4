import { z } from 'zod';
import { anyone } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { opaque } from '../kernel/fields.ts';
import { ByCookie, CredentialOpened, SessionOpened } from './session.ts';

export const redeemLoginToken = defineCommand({
  subject: 'tokens.v1.login-token.redeem',
  summary: 'Open a session with a login token',
  input: z.strictObject({ token: opaque(1, 200), cookie: ByCookie }),
  output: CredentialOpened,
  errors: ['invalid_token', 'session_limit_reached', 'too_many_requests'],
  access: anyone(),
  http: { method: 'POST', path: '/v1/sessions/login-token', success: 201, answer: SessionOpened },
});
