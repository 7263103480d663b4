import { z } from 'zod';
import { signedIn } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Nothing } from '../kernel/fields.ts';

export const signOut = defineCommand({
  subject: 'tokens.v1.session.sign-out',
  summary: 'End the session that asks',
  input: z.strictObject({}),
  output: Nothing,
  errors: [],
  access: signedIn('portal', 'login_token', 'access_link'),
  http: { method: 'DELETE', path: '/v1/session', success: 204 },
});
