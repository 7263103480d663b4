import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';
import { Standing } from './resolve-access.ts';

export const chooseStanding = defineQuery({
  subject: 'tenancy.v1.access.choose',
  summary:
    'Where a holder may stand: the account named or else the last used or oldest; in it the organization named or else the first reachable',
  input: z.strictObject({
    holder: Standing.shape.holder,
    accountId: Id.optional(),
    /** Null asks for the account as a whole; absent for the first reachable organization. */
    organizationId: Id.nullable().optional(),
    /** They stand there already: a disabled partnership, by which nobody enters, lets them stay. */
    staying: z.boolean().optional(),
  }),
  output: z.object({
    accountId: Id,
    organizationId: Id.optional(),
    /** By which the user would stand there, having no membership. */
    partnership: z.object({ id: Id, providerAccountId: Id }).optional(),
  }),
  errors: ['not_found'],
  access: services('identity', 'tokens'),
});
