import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';

export const isVerificationWanted = defineQuery({
  subject: 'identity.v1.verification.is-wanted',
  summary: 'Whether the verification that a mail announces still waits',
  input: z.strictObject({ verificationId: Id }),
  output: z.object({ wanted: z.boolean() }),
  errors: [],
  access: services('notifications'),
});

export const isResetWanted = defineQuery({
  subject: 'identity.v1.password-reset.is-wanted',
  summary: 'Whether the password reset that a mail announces still waits',
  input: z.strictObject({ resetId: Id }),
  output: z.object({ wanted: z.boolean() }),
  errors: [],
  access: services('notifications'),
});
