import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';
import { CredentialOpened } from './session.ts';

export const openPortalSession = defineCommand({
  subject: 'tokens.v1.session.open-portal',
  summary: 'Open the portal session of a user whom identity has authenticated',
  input: z.strictObject({
    userId: Id,
    userName: z.string(),
    operator: z.boolean(),
    accountId: Id.optional(),
    organizationId: Id.optional(),
    address: z.string(),
    userAgent: z.string(),
    /** With the secret of a forwarded session besides. */
    forwarded: z.boolean().optional(),
  }),
  output: CredentialOpened,
  errors: [],
  access: services('identity'),
});
