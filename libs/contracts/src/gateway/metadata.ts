import { z } from 'zod';
import { anyone } from '../kernel/access.ts';
import { defineRoute } from './route.ts';

const none = (what: string) =>
  z
    .array(z.string())
    .max(0)
    .meta({ description: `Empty: ${what}` });
const clientAuthentication = z.array(z.literal('client_secret_basic'));

/** RFC 8414 §2, with the members that say something here. */
export const AuthorizationServerMetadata = z
  .object({
    issuer: z.url(),
    response_types_supported: none('nobody is authorized here (required by RFC 8414)'),
    grant_types_supported: none('no tokens are issued here; absent it would mean two grants'),
    introspection_endpoint: z.url(),
    introspection_endpoint_auth_methods_supported: clientAuthentication,
    revocation_endpoint: z.url(),
    revocation_endpoint_auth_methods_supported: clientAuthentication,
    service_documentation: z.url(),
  })
  .meta({ id: 'AuthorizationServerMetadata' });
export type AuthorizationServerMetadata = z.infer<typeof AuthorizationServerMetadata>;

export const getAuthorizationServerMetadata = defineRoute({
  name: 'authorization-server.get',
  summary: 'Where introspection and revocation are (RFC 8414)',
  input: z.object({}),
  answer: AuthorizationServerMetadata,
  errors: [],
  access: anyone(),
  http: { method: 'GET', path: '/.well-known/oauth-authorization-server', success: 200 },
});
