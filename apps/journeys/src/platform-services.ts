import { AuditModule } from '@valetkey/audit';
import { auditConfig } from '@valetkey/audit/config';
import { type Environment, readConfig } from '@valetkey/config';
import { GatewayModule } from '@valetkey/gateway';
import { gatewayConfig } from '@valetkey/gateway/config';
import { HttpServer } from '@valetkey/gateway/http-server';
import { IdentityModule } from '@valetkey/identity';
import { identityConfig } from '@valetkey/identity/config';
import { NotificationsModule } from '@valetkey/notifications';
import { notificationsConfig } from '@valetkey/notifications/config';
import { Clock, createLogger, Logger } from '@valetkey/observability';
import { TenancyModule } from '@valetkey/tenancy';
import { tenancyConfig } from '@valetkey/tenancy/config';
import { newTestDatabase, type TestBus } from '@valetkey/testing';
import { TokensModule } from '@valetkey/tokens';
import { tokensConfig } from '@valetkey/tokens/config';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';

export type ServiceName = 'identity' | 'tenancy' | 'tokens' | 'notifications' | 'audit' | 'gateway';

/** How each service is made from its environment. */
const modules: Record<ServiceName, (environment: Environment) => DynamicModule> = {
  identity: (environment) => IdentityModule.forRoot(readConfig(identityConfig, environment)),
  tenancy: (environment) => TenancyModule.forRoot(readConfig(tenancyConfig, environment)),
  tokens: (environment) => TokensModule.forRoot(readConfig(tokensConfig, environment)),
  notifications: (environment) => NotificationsModule.forRoot(readConfig(notificationsConfig, environment)),
  audit: (environment) => AuditModule.forRoot(readConfig(auditConfig, environment)),
  gateway: (environment) => GatewayModule.forRoot(readConfig(gatewayConfig, environment)),
};

/** What all services of a platform have. */
interface Shared {
  bus: TestBus;
  clock: Clock;
  environment: Environment;
  /** Where they write all they have to say; without it only errors are told, on standard output. */
  logs?: { write(line: string): void } | undefined;
}

interface Running {
  service: ServiceName;
  environment: Environment;
  app: INestApplicationContext;
}

/** The services of a platform that run in this process, each on its own database. */
export class PlatformServices {
  /** Connection strings by service. */
  readonly databases: Record<string, string> = {};
  private readonly running: Running[] = [];

  constructor(private readonly shared: Shared) {}

  /** Starts a service, or a further replica of it; `more` stands in its environment besides. */
  async start(service: ServiceName, more: Environment = {}): Promise<INestApplicationContext> {
    const { bus, environment } = this.shared;
    const database = service === 'gateway' ? {} : { DATABASE_URL: await this.databaseOf(service) };
    const all = { LOG_LEVEL: 'error', ...bus.environmentOf(service), ...environment, ...database, ...more };
    const app = await this.run(service, all);
    this.running.push({ service, environment: all, app });
    return app;
  }

  /** Stops every replica of a service as an operator would, and starts it anew on what it keeps, where it was reached. */
  async restart(service: ServiceName): Promise<void> {
    for (const one of this.running.filter((other) => other.service === service)) {
      const place = this.running.indexOf(one);
      const environment = { ...one.environment, ...(service === 'gateway' && portOf(one.app)) };
      this.running.splice(place, 1);
      await one.app.close();
      this.running.splice(place, 0, { service, environment, app: await this.run(service, environment) });
    }
  }

  /** The last to start stops first. */
  async stop(): Promise<void> {
    for (const { app } of this.running.splice(0).reverse()) await app.close();
  }

  private async run(service: ServiceName, environment: Environment): Promise<INestApplicationContext> {
    const { clock, logs } = this.shared;
    const testing = Test.createTestingModule({ imports: [modules[service](environment)] });
    testing.overrideProvider(Clock).useValue(clock);
    if (logs)
      testing.overrideProvider(Logger).useValue(createLogger({ service, level: 'trace', format: 'json' }, logs));
    const module = await testing.compile();
    return module.init();
  }

  private async databaseOf(service: ServiceName): Promise<string> {
    return (this.databases[service] ??= await newTestDatabase());
  }
}

function portOf(gateway: INestApplicationContext): Environment {
  return { PORT: new URL(gateway.get(HttpServer).url).port };
}
