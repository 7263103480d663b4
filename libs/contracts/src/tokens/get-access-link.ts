import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { accessLinkPath, AccessLinkRevision, oneAccessLink } from './access-link.ts';

export const getAccessLink = defineQuery({
  subject: 'tokens.v1.access-link.get',
  summary: 'One access link; while its module is off it shows as suspended',
  input: z.strictObject(oneAccessLink),
  output: AccessLinkRevision,
  errors: ['not_found'],
  access: allow({ account: ['owner', 'supporter'] }),
  http: { method: 'GET', path: accessLinkPath, success: 200 },
});
