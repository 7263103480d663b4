import { z } from 'zod';
import { gateway } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id, Nothing, TimestampInput } from '../kernel/fields.ts';

const use = { id: Id, at: TimestampInput };
const Address = z.string().max(60);

export const recordUses = defineCommand({
  subject: 'tokens.v1.credential.record-uses',
  summary: 'Note when and from where credentials were last used; gathered by the gateway, written in batches',
  input: z.strictObject({
    /** Of sessions. */
    uses: z.array(z.strictObject({ ...use, address: Address })).max(10_000),
    /** Of access keys, the last from each address. Without one where whoever asked about the key did not name it. */
    keyUses: z
      .array(z.strictObject({ ...use, address: Address.optional() }))
      .max(10_000)
      .default([]),
  }),
  output: Nothing,
  errors: [],
  access: gateway(),
});
