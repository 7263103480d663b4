import { MessagingModule } from '@valetkey/messaging';
import { ObservabilityModule } from '@valetkey/observability';
import { type DynamicModule, Module } from '@nestjs/common';
import { Authenticator } from './credentials/authenticator.ts';
import { CredentialStore } from './credentials/credential-store.ts';
import { LiveTrust } from './credentials/live-trust.ts';
import { SessionCookies } from './credentials/session-cookies.ts';
import { Uses } from './credentials/uses.ts';
import { GATEWAY_CONFIG } from './gateway-config.token.ts';
import type { GatewayConfig } from './gateway.config.ts';
import { HttpServer } from './http/http-server.ts';
import { ROUTE_AREAS, type RouteArea } from './http/route-area.ts';
import { IntrospectionRoutes } from './oauth/introspection.routes.ts';
import { OAuthArea } from './oauth/oauth.area.ts';
import { ResourceServerAuthenticator } from './oauth/resource-server-authenticator.ts';
import { RevocationRoutes } from './oauth/revocation.routes.ts';
import { AuditExportRoutes } from './routes/audit-export.routes.ts';
import { ContractCaller } from './routes/contract-caller.ts';
import { ContractRoutes } from './routes/contract.routes.ts';
import { DocsRoutes } from './docs/docs.routes.ts';
import { PageRoutes } from './pages/page.routes.ts';
import { HealthRoutes } from './routes/health.routes.ts';
import { ForwardAuthRoutes } from './routes/forward-auth.routes.ts';
import { MetadataRoutes } from './routes/metadata.routes.ts';
import { SessionLists } from './routes/session-lists.ts';
import { SessionRoutes } from './routes/session.routes.ts';

const areas = [
  SessionRoutes,
  ContractRoutes,
  MetadataRoutes,
  ForwardAuthRoutes,
  AuditExportRoutes,
  HealthRoutes,
  DocsRoutes,
  PageRoutes,
];

/** HTTP in front of the services: routes, authentication, problem+json. No database. */
@Module({
  providers: [
    ...areas,
    { provide: ROUTE_AREAS, inject: areas, useFactory: (...each: RouteArea[]) => each },
    Authenticator,
    ContractCaller,
    CredentialStore,
    HttpServer,
    IntrospectionRoutes,
    LiveTrust,
    OAuthArea,
    ResourceServerAuthenticator,
    RevocationRoutes,
    SessionCookies,
    SessionLists,
    Uses,
  ],
})
export class GatewayModule {
  static forRoot(config: GatewayConfig): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        ObservabilityModule.forRoot({ service: 'gateway', config }),
        MessagingModule.forGateway({
          servers: config.NATS_URL,
          user: config.NATS_USER,
          password: config.NATS_PASSWORD,
        }),
      ],
      providers: [{ provide: GATEWAY_CONFIG, useValue: config }],
    };
  }
}
