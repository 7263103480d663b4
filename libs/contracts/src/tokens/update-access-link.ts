import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { accessLinkFields, accessLinkPath, AccessLinkRevision, oneAccessLink } from './access-link.ts';

export const updateAccessLink = defineCommand({
  subject: 'tokens.v1.access-link.update',
  summary:
    'Change an access link: what is absent stays, null removes. Whatever is named, also as it is, mails the link anew ' +
    'with a new secret, ends the old one with its sessions, and makes who asks the actor',
  input: z.strictObject({ ...oneAccessLink, ...z.object(accessLinkFields).partial().shape }),
  output: AccessLinkRevision,
  errors: [
    'not_found',
    'own_link',
    'forbidden',
    'expiry_not_future',
    'expiry_too_far',
    'access_link_exists',
    'precondition_failed',
  ],
  access: allow({ account: ['owner', 'supporter'] }, { module: 'access_links', keys: false }),
  http: { method: 'PATCH', path: accessLinkPath, success: 200 },
});
