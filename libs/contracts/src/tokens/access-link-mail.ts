import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';

export const isAccessLinkWanted = defineQuery({
  subject: 'tokens.v1.access-link.is-wanted',
  summary: 'Whether the secret in a mail still opens its access link: an edit makes another, in another mail',
  input: z.strictObject({ accessLinkId: Id, secretNumber: z.number().int() }),
  output: z.object({ wanted: z.boolean() }),
  errors: [],
  access: services('notifications'),
});

export const findLinkOfMail = defineQuery({
  subject: 'tokens.v1.access-link.find-of-mail',
  summary: 'The access link that lives and whose present secret a mail carries, with who is to know what came of it',
  input: z.strictObject({ mailId: Id }),
  output: z.object({ accessLinkId: Id, accountId: Id, userName: z.string(), editorId: Id }),
  errors: ['not_found'],
  access: services('notifications'),
});
