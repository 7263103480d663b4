import { MessagingModule } from '@valetkey/messaging';
import { ObservabilityModule } from '@valetkey/observability';
import { type DynamicModule, Module } from '@nestjs/common';
import { Authenticator } from './credentials/authenticator.ts';
import { CredentialStore } from './credentials/credential-store.ts';
import { LiveTrust } from './credentials/live-trust.ts';
import { Uses } from './credentials/uses.ts';
import { GATEWAY_CONFIG } from './gateway-config.token.ts';
import type { GatewayConfig } from './gateway.config.ts';
import { HttpServer } from './http-server.ts';
import { AuditExportRoutes } from './routes/audit-export.routes.ts';
import { ContractCaller } from './routes/contract-caller.ts';
import { ContractRoutes } from './routes/contract.routes.ts';
import { ForwardAuthRoutes } from './routes/forward-auth.routes.ts';
import { IntrospectionRoutes } from './routes/introspection.routes.ts';
import { MetadataRoutes } from './routes/metadata.routes.ts';
import { ResourceServerAuthenticator } from './routes/resource-server-authenticator.ts';
import { RevocationRoutes } from './routes/revocation.routes.ts';
import { SessionRoutes } from './routes/session.routes.ts';

/** HTTP in front of the services: routes, authentication, problem+json. No database. */
@Module({
  providers: [
    AuditExportRoutes,
    Authenticator,
    ContractCaller,
    ContractRoutes,
    CredentialStore,
    ForwardAuthRoutes,
    HttpServer,
    IntrospectionRoutes,
    LiveTrust,
    MetadataRoutes,
    ResourceServerAuthenticator,
    RevocationRoutes,
    SessionRoutes,
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
