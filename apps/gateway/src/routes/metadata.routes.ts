import {
  type AuthorizationServerMetadata,
  getAuthorizationServerMetadata,
  introspect,
  revoke,
} from '@valetkey/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { GATEWAY_CONFIG } from '../gateway-config.token.ts';
import type { GatewayConfig } from '../gateway.config.ts';
import type { RouteArea } from '../http/route-area.ts';
import { routeUrl } from '../http/route-url.ts';
import { publicUrl } from '../public-url.ts';

/** Authorization server metadata (RFC 8414 §2) of what there is: introspection and revocation, no grants. */
@Injectable()
export class MetadataRoutes implements RouteArea {
  constructor(@Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig) {}

  register(fastify: FastifyInstance): void {
    const issuer = publicUrl(this.config);
    const metadata: AuthorizationServerMetadata = {
      issuer,
      response_types_supported: [],
      grant_types_supported: [],
      introspection_endpoint: issuer + introspect.http.path,
      introspection_endpoint_auth_methods_supported: ['client_secret_basic'],
      revocation_endpoint: issuer + revoke.http.path,
      revocation_endpoint_auth_methods_supported: ['client_secret_basic'],
      service_documentation: `${issuer}/docs`,
    };
    fastify.get(routeUrl(getAuthorizationServerMetadata), async () => metadata);
  }
}
