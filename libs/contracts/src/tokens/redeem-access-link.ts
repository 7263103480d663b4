import { z } from 'zod';
import { secondFactor } from '../identity/second-factor.ts';
import { anyone } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { opaque } from '../kernel/fields.ts';
import { ByCookie, CredentialOpened, SessionOpened } from './session.ts';

export const redeemAccessLink = defineCommand({
  subject: 'tokens.v1.access-link.redeem',
  summary: 'Open a session with a mailed access link, with its password and a code where they are asked for',
  input: z
    .strictObject({
      token: opaque(1, 200),
      password: opaque(1, 128).optional().meta({ description: 'Of the link, if it has one' }),
      ...secondFactor,
      cookie: ByCookie,
    })
    .refine(
      ({ code, recoveryCode }) => code === undefined || recoveryCode === undefined,
      'must not have both code and recoveryCode',
    ),
  output: CredentialOpened,
  errors: ['invalid_link', 'password_required', 'wrong_password', 'code_required', 'wrong_code', 'too_many_requests'],
  access: anyone(),
  http: { method: 'POST', path: '/v1/sessions/access-link', success: 201, answer: SessionOpened },
});
