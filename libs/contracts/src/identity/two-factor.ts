import { z } from 'zod';
import { signedIn, toEnrol } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Nothing } from '../kernel/fields.ts';
import { isOneFactor, ONE_FACTOR, secondFactor, TwoFactorCode } from './second-factor.ts';
import { TypedPassword } from './user.ts';

const path = '/v1/users/me/two-factor';

const EndOtherSessions = z.boolean().default(false).meta({ description: 'End all of one’s sessions but this one' });

/** What an authenticator takes: by hand, by a link, or by its camera. Shown once. */
const TwoFactorEnrolment = z
  .object({
    secret: z.string().meta({ description: 'Base32 (RFC 4648 §6), to be typed by hand' }),
    otpauthUri: z.string().meta({ description: 'For an authenticator on the same device' }),
    qrCode: z.string().meta({ description: 'The URI as a QR code: a PNG as a data URI' }),
  })
  .meta({ id: 'TwoFactorEnrolment' });

const RecoveryCodes = z
  .object({ recoveryCodes: z.array(z.string()) })
  .meta({ id: 'RecoveryCodes', description: 'Ten of them, each good once; they are not shown again' });

export const enrolInTwoFactor = defineCommand({
  subject: 'identity.v1.two-factor.enrol',
  summary: 'Begin to enrol in two-factor authentication; begun again, what was begun before is void',
  input: z.strictObject({ currentPassword: TypedPassword }),
  output: TwoFactorEnrolment,
  errors: ['wrong_password', 'two_factor_on', 'too_many_requests'],
  access: toEnrol(),
  http: { method: 'POST', path, success: 200 },
});

export const confirmTwoFactor = defineCommand({
  subject: 'identity.v1.two-factor.confirm',
  summary: 'Turn two-factor authentication on with a code of the authenticator, which is spent by it',
  input: z.strictObject({ code: TwoFactorCode, endOtherSessions: EndOtherSessions }),
  output: RecoveryCodes,
  errors: ['wrong_code', 'two_factor_on', 'two_factor_off', 'too_many_requests'],
  access: toEnrol(),
  http: { method: 'POST', path: `${path}/confirm`, success: 200 },
});

export const renewRecoveryCodes = defineCommand({
  subject: 'identity.v1.two-factor.renew-recovery-codes',
  summary: 'Make new recovery codes; the old ones are void',
  input: z
    .strictObject({ currentPassword: TypedPassword, ...secondFactor, endOtherSessions: EndOtherSessions })
    .refine(isOneFactor, ONE_FACTOR),
  output: RecoveryCodes,
  errors: ['wrong_password', 'wrong_code', 'two_factor_off', 'too_many_requests'],
  access: signedIn('portal'),
  http: { method: 'POST', path: `${path}/recovery-codes`, success: 200 },
});

export const disableTwoFactor = defineCommand({
  subject: 'identity.v1.two-factor.disable',
  summary: 'Turn two-factor authentication off; its recovery codes are void',
  input: z
    .strictObject({ currentPassword: TypedPassword, ...secondFactor, endOtherSessions: EndOtherSessions })
    .refine(isOneFactor, ONE_FACTOR),
  output: Nothing,
  errors: ['wrong_password', 'wrong_code', 'two_factor_off', 'too_many_requests'],
  access: signedIn('portal'),
  http: { method: 'DELETE', path, success: 204, body: true },
});
