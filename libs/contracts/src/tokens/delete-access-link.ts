import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Nothing } from '../kernel/fields.ts';
import { accessLinkPath, oneAccessLink } from './access-link.ts';

export const deleteAccessLink = defineCommand({
  subject: 'tokens.v1.access-link.delete',
  summary: 'Delete an access link and end all its sessions at once',
  input: z.strictObject(oneAccessLink),
  output: Nothing,
  errors: ['not_found', 'forbidden'],
  access: allow({ account: ['owner', 'supporter'] }, { module: 'access_links', keys: false }),
  http: { method: 'DELETE', path: accessLinkPath, success: 204 },
});
