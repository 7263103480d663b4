import { z } from 'zod';
import { anyone } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { opaque, Timestamp } from '../kernel/fields.ts';

export const previewAccessLink = defineQuery({
  subject: 'tokens.v1.access-link.preview',
  summary: 'What an access link opens, and what it asks for; consumes nothing',
  input: z.strictObject({ token: opaque(1, 200) }),
  output: z
    .object({
      account: z.object({ name: z.string() }),
      by: z.object({ name: z.string() }).meta({ description: 'Who last edited it, or else made it' }),
      expiresAt: Timestamp,
      needs: z.array(z.enum(['password', 'code'])),
    })
    .meta({ id: 'AccessLinkPreview' }),
  errors: ['invalid_link', 'too_many_requests'],
  access: anyone(),
  http: { method: 'POST', path: '/v1/access-links/preview', success: 200 },
});
