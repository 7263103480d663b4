import { z } from 'zod';
import { gateway } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';

export const verifyResourceServer = defineQuery({
  subject: 'tokens.v1.resource-server.verify',
  summary: 'Whether these are the client credentials of a registered resource server',
  input: z.strictObject({ clientId: Id, secretHash: z.string().length(43) }),
  output: z.object({ valid: z.boolean() }),
  errors: [],
  access: gateway(),
});
