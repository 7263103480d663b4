import type { ZodOpenApiObject, ZodOpenApiOperationObject } from 'zod-openapi';
import type { Operation } from './operation.ts';

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
  forwardedCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Secure-valetkey',
    description: 'A forwarded session, which the hosts of `COOKIE_DOMAIN` share. Comes after the other cookie',
  },
  basic: { type: 'http', scheme: 'basic', description: 'The id and the secret of a resource server (RFC 6749 §2.3.1)' },
};

/** What a caller must bring: one of the schemes, or nothing. */
export function securityOf({ access, http }: Operation): ZodOpenApiOperationObject['security'] {
  // An empty requirement makes the others optional (OpenAPI 3.1 §4.8.30).
  if (access.kind === 'anyone') return access.principals.length > 0 ? [{}, { bearer: [] }, { cookie: [] }] : [];
  if (access.kind === 'resource-server') return [{ basic: [] }];
  return [{ bearer: [] }, { cookie: [] }, ...(http.forwarded ? [{ forwardedCookie: [] }] : [])];
}
