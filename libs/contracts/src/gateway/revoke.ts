import { z } from 'zod';
import { defineRoute } from './route.ts';

/**
 * Unknown parameters are ignored (RFC 6749 §3.2), `token_type_hint` among them. A forwarded session is good for looking
 * only and ends with its parent, so its secret is as unknown here as any other.
 */
export const revoke = defineRoute({
  name: 'oauth.revoke',
  summary: 'End the session of a secret; an unknown one is fine (RFC 7009)',
  input: z.object({
    token: z.string().min(1).meta({ description: 'A session; a forwarded one ends with its parent only' }),
  }),
  errors: ['revocation_pending'],
  access: { kind: 'resource-server' },
  http: {
    method: 'POST',
    path: '/oauth/revoke',
    success: 200,
    accepts: 'application/x-www-form-urlencoded',
    oauth: true,
  },
});
