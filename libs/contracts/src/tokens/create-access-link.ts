import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';
import { AccessLink, accessLinkFields, accessLinksPath } from './access-link.ts';

export const createAccessLink = defineCommand({
  subject: 'tokens.v1.access-link.create',
  summary: 'Mail a user of the account a link that lets them in without signing in',
  input: z.strictObject({
    accountId: Id,
    userId: Id,
    emailId: accessLinkFields.emailId,
    expiresAt: accessLinkFields.expiresAt,
    password: accessLinkFields.password.optional(),
    maxUses: accessLinkFields.maxUses.optional(),
    waiveTwoFactor: accessLinkFields.waiveTwoFactor.default(false),
  }),
  output: AccessLink,
  errors: ['not_found', 'own_link', 'forbidden', 'expiry_not_future', 'expiry_too_far', 'access_link_exists'],
  access: allow({ account: ['owner', 'supporter'] }, { module: 'access_links', keys: false }),
  http: { method: 'POST', path: accessLinksPath, success: 201, creates: {} },
});
