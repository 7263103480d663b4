import { z } from 'zod';
import { gateway } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id, Nothing } from '../kernel/fields.ts';

export const revokeCredential = defineCommand({
  subject: 'tokens.v1.session.revoke',
  summary: 'End the session of a secret, asked for by a resource server (RFC 7009); unknown ones are fine',
  input: z.strictObject({ hash: z.string().length(43), resourceServerId: Id }),
  output: Nothing,
  errors: [],
  access: gateway(),
});
