import type { RouteAccess } from '@valetkey/contracts';
import type { ZodOpenApiObject, ZodOpenApiOperationObject } from 'zod-openapi';

type Components = NonNullable<ZodOpenApiObject['components']>;

export const securitySchemes: Components['securitySchemes'] = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'The secret of a session or an access key (RFC 6750). Comes before a cookie',
  },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-valetkey',
    description: 'Set by signing in with `"cookie": true`. Unsafe methods need the gateway’s own Origin',
  },
  basic: { type: 'http', scheme: 'basic', description: 'The id and the secret of a resource server (RFC 6749 §2.3.1)' },
};

/** What a caller must bring: one of the schemes, or nothing. */
export function securityOf({ kind }: RouteAccess): ZodOpenApiOperationObject['security'] {
  if (kind === 'anyone') return [];
  if (kind === 'resource-server') return [{ basic: [] }];
  return [{ bearer: [] }, { cookie: [] }];
}
