import { z } from 'zod';
import { operator, services } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';
import { User } from './own-user.ts';

const shape = {
  input: z.strictObject({ userId: Id }),
  errors: ['not_found', 'two_factor_off'],
} as const;

/** Whether the owner may, tenancy knows. */
export const resetTwoFactor = defineCommand({
  ...shape,
  subject: 'identity.v1.user.reset-two-factor',
  summary: 'Turn a user’s two-factor authentication off for an owner',
  output: User,
  access: services('tenancy'),
});

export const resetTwoFactorAsOperator = defineCommand({
  ...shape,
  subject: 'identity.v1.user.reset-two-factor-as-operator',
  summary: 'Turn the two-factor authentication of a user off who can give no code; they are mailed',
  output: User,
  access: operator(),
  http: { method: 'POST', path: '/v1/operator/users/{userId}/two-factor-reset', success: 200 },
});
