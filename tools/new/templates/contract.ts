import type { Command } from '../command.ts';
import { camelOf, verbOf, wordsOf } from '../names.ts';

export function contractOf({ service, entity, name }: Command): string {
  return `import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id, Nothing } from '../kernel/fields.ts';

export const ${camelOf(name)} = defineCommand({
  subject: '${service}.v1.${entity}.${verbOf(name, entity)}',
  summary: '${wordsOf(name).replace(/^./, (letter) => letter.toUpperCase())}',
  input: z.strictObject({ accountId: Id, ${camelOf(entity)}Id: Id }),
  output: Nothing,
  errors: ['not_found'],
  access: allow({ account: ['owner'] }),
});
`;
}
