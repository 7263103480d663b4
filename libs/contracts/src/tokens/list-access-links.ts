import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id, pageOf, pageQuery, partOf } from '../kernel/fields.ts';
import { AccessLink, accessLinksPath, AccessLinkStatus } from './access-link.ts';

export const listAccessLinks = defineQuery({
  subject: 'tokens.v1.access-link.list',
  summary: 'Access links of the account; while their module is off they show as suspended',
  input: z.strictObject({
    accountId: Id,
    status: AccessLinkStatus.optional().meta({ description: 'In this state alone' }),
    userId: Id.optional().meta({ description: 'Of this user alone' }),
    query: partOf('name of the user', 120),
    ...pageQuery,
  }),
  output: pageOf(AccessLink),
  errors: [],
  access: allow({ account: ['owner', 'supporter'] }),
  http: { method: 'GET', path: accessLinksPath, success: 200 },
});
