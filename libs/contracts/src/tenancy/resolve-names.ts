import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';

export const resolveNames = defineQuery({
  subject: 'tenancy.v1.profile.names',
  summary: 'Present names of users; unknown ones are left out',
  input: z.strictObject({ userIds: z.array(Id).max(1000) }),
  output: z.object({ names: z.record(Id, z.string()) }),
  errors: [],
  access: services('audit', 'tokens', 'notifications'),
});
