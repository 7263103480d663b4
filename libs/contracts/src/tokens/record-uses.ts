import { z } from 'zod';
import { gateway } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id, Nothing, TimestampInput } from '../kernel/fields.ts';

export const recordUses = defineCommand({
  subject: 'tokens.v1.credential.record-uses',
  summary: 'Note when and from where credentials were last used; gathered by the gateway, written in batches',
  input: z.strictObject({
    uses: z.array(z.strictObject({ id: Id, at: TimestampInput, address: z.string().max(60) })).max(10_000),
  }),
  output: Nothing,
  errors: [],
  access: gateway(),
});
