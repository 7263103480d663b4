import { z } from 'zod';
import { anyone } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { EmailAddress, opaque } from '../kernel/fields.ts';
import { ByCookie, CredentialOpened, SessionOpened } from '../tokens/session.ts';
import { isOneFactor, ONE_FACTOR, secondFactor } from './second-factor.ts';
import { TypedPassword } from './user.ts';

/** The password was right; a code is asked for. */
export const SignInChallenge = z
  .object({ challenge: z.string().meta({ description: 'For `POST /v1/sessions/two-factor`: 3 minutes, 5 tries' }) })
  .meta({ id: 'SignInChallenge' });
export type SignInChallenge = z.infer<typeof SignInChallenge>;

export const signIn = defineCommand({
  subject: 'identity.v1.session.sign-in',
  summary: 'Sign in with a verified address and its password, and with a second step where two-factor is on',
  input: z.strictObject({ email: EmailAddress, password: TypedPassword, cookie: ByCookie }),
  output: z.union([CredentialOpened, SignInChallenge]),
  errors: ['invalid_credentials', 'too_many_requests'],
  access: anyone(),
  http: {
    method: 'POST',
    path: '/v1/sessions',
    success: 201,
    answer: SessionOpened,
    otherwise: { success: 202, answer: SignInChallenge, when: 'Two-factor authentication is on: a code is asked for' },
  },
});

export const signInWithTwoFactor = defineCommand({
  subject: 'identity.v1.session.sign-in-with-two-factor',
  summary: 'Sign in, the second step: with the challenge of the first and a code or recovery code',
  input: z
    .strictObject({ challenge: opaque(1, 200), ...secondFactor, cookie: ByCookie })
    .refine(isOneFactor, ONE_FACTOR),
  output: CredentialOpened.extend({
    /** Either step asked for cookies. */
    byCookie: z.boolean(),
  }),
  errors: ['invalid_token', 'wrong_code', 'too_many_requests'],
  access: anyone(),
  http: { method: 'POST', path: '/v1/sessions/two-factor', success: 201, answer: SessionOpened },
});
