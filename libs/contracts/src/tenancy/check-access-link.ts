import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';

export const checkAccessLink = defineQuery({
  subject: 'tenancy.v1.access-link.check',
  summary: 'Whether a maker may lend a user access to the account by a link',
  input: z.strictObject({ accountId: Id, makerId: Id, userId: Id }),
  output: z.object({
    accountName: z.string(),
    /** The user's present name; empty when they are no member. */
    userName: z.string(),
    /** The maker is an owner, or a supporter where the user is none; the user is a member and not the maker. */
    allowed: z.boolean(),
    isMember: z.boolean(),
    makerIsOwner: z.boolean(),
  }),
  errors: ['not_found'],
  access: services('tokens'),
});
