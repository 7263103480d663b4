import { z } from 'zod';
import { anyone } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { EmailAddress } from '../kernel/fields.ts';
import { ByCookie, CredentialOpened, SessionOpened } from '../tokens/session.ts';
import { TypedPassword } from './user.ts';

export const signIn = defineCommand({
  subject: 'identity.v1.session.sign-in',
  summary: 'Sign in with a verified address and its password',
  input: z.strictObject({ email: EmailAddress, password: TypedPassword, cookie: ByCookie }),
  output: CredentialOpened,
  errors: ['invalid_credentials', 'too_many_requests'],
  access: anyone(),
  http: { method: 'POST', path: '/v1/sessions', success: 201, answer: SessionOpened },
});
