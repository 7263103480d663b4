import { z } from 'zod';
import { signedIn } from '../kernel/access.ts';
import { Id } from '../kernel/fields.ts';
import { defineRoute } from './route.ts';

/**
 * For reverse proxies, who pass on nothing but headers: all of them always stand there, empty where there is nothing. They
 * take every status but 401 and 403 for a fault, so a question that makes no sense is refused as one that is not granted.
 */
export const forwardAuth = defineRoute({
  name: 'forward-auth.check',
  summary: 'Whether a request may pass, for nginx auth_request, Traefik, Caddy and Envoy: by any method, here or below',
  input: z.object({
    permission: z.array(z.string()).optional().meta({ description: 'All of them must be held' }),
    organization: Id.optional().meta({ description: 'Where to stand for it, instead of where the session stands' }),
  }),
  errors: ['no_account', 'two_factor_required', 'partnership_disabled', 'no_organization', 'missing_permission'],
  access: signedIn('portal', 'login_token', 'access_link', 'access_key'),
  http: {
    method: 'GET',
    path: '/v1/forward-auth',
    success: 200,
    forwarded: true,
    anyQuery: true,
    headers: {
      'X-Valetkey-Subject': 'user:, login-token: or access-key: with the id',
      'X-Valetkey-Actor': 'Who really acts, where that is another',
      'X-Valetkey-Account': 'Id of the account stood in',
      'X-Valetkey-Organization': 'Id of the organization stood in',
      'X-Valetkey-Role': 'The role there',
      'X-Valetkey-Permissions': 'Resource permissions there, separated by spaces',
    },
  },
});
