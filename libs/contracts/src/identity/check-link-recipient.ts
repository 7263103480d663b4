import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';
import { Locale } from './user.ts';

export const checkLinkRecipient = defineQuery({
  subject: 'identity.v1.user.check-link-recipient',
  summary: 'Whether an access link can be sent to this address of this user and opened by them',
  input: z.strictObject({ userId: Id, emailId: Id, lenderId: Id.optional() }),
  output: z.object({
    /** Null where it is no verified address of the user, or there is no such user. */
    email: z.string().nullable(),
    locale: Locale,
    /** They, or who lends, by platform staff: nobody enters in their name. */
    locked: z.boolean(),
    twoFactor: z.boolean(),
  }),
  errors: [],
  access: services('tokens'),
});
