import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id, Nothing } from '../kernel/fields.ts';
import { isOneFactor, ONE_FACTOR, secondFactor } from './second-factor.ts';

/** A wrong one counts as one of the user’s wrong codes wherever they give them: 10 in 15 minutes. */
export const spendLinkFactor = defineCommand({
  subject: 'identity.v1.two-factor.spend',
  summary: 'Spend a code or recovery code of the user who opens an access link',
  input: z.strictObject({ userId: Id, ...secondFactor }).refine(isOneFactor, ONE_FACTOR),
  output: Nothing,
  errors: ['wrong_code', 'two_factor_off', 'too_many_requests'],
  access: services('tokens'),
});
