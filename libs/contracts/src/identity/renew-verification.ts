import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { EmailAddress, Id, Nothing } from '../kernel/fields.ts';

/** What a resend comes to once it is answered: who asks for one must not learn from its time whether there was a sign-up. */
export const renewVerification = defineCommand({
  subject: 'identity.v1.verification.renew',
  summary:
    'Replace the verification of the newest sign-up with an address, if there is one, and mail it; idempotent by its id',
  input: z.strictObject({ email: EmailAddress, verificationId: Id }),
  output: Nothing,
  errors: [],
  access: services('identity'),
});
