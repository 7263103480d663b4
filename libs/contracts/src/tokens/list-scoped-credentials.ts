import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { ScopeType } from '../kernel/caller.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id, Named } from '../kernel/fields.ts';

export const listScopedCredentials = defineQuery({
  subject: 'tokens.v1.credential.list-scoped',
  summary:
    'Access keys and login tokens of a group or organization that have not ended, and go with it; 1000 of each at most',
  input: z.strictObject({ accountId: Id, scopeType: ScopeType.exclude(['account']), scopeId: Id }),
  output: z.object({ keys: z.array(Named), tokens: z.array(Named) }),
  errors: [],
  access: services('tenancy'),
});
