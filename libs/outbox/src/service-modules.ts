import type { ServiceName } from '@valetkey/contracts';
import { MessagingModule } from '@valetkey/messaging';
import { ObservabilityModule } from '@valetkey/observability';
import { type DatabaseOptions, DatabaseModule, isDatabaseAway } from '@valetkey/persistence';
import type { DynamicModule } from '@nestjs/common';
import { OutboxModule } from './outbox.module.ts';

/** As the fragments of libs/config read it. */
export interface ServiceConfig {
  readonly NATS_URL: readonly string[];
  readonly NATS_USER: string;
  readonly NATS_PASSWORD: string;
  readonly DATABASE_URL: string;
  readonly DATABASE_POOL: number;
  readonly MIGRATE_ON_START: boolean;
  readonly LOG_LEVEL: string;
  readonly LOG_FORMAT: 'json' | 'pretty';
}

/** What every service with a database stands on: logs, database, bus and outbox. */
export function serviceModules(
  service: ServiceName,
  config: ServiceConfig,
  { entities, migrations }: Pick<DatabaseOptions, 'entities' | 'migrations'>,
): DynamicModule[] {
  return [
    ObservabilityModule.forRoot({ service, config }),
    DatabaseModule.forRoot({
      url: config.DATABASE_URL,
      pool: config.DATABASE_POOL,
      migrateOnStart: config.MIGRATE_ON_START,
      entities,
      migrations,
    }),
    MessagingModule.forService(service, {
      servers: config.NATS_URL,
      user: config.NATS_USER,
      password: config.NATS_PASSWORD,
      isOutage: isDatabaseAway,
    }),
    OutboxModule.forService(service),
  ];
}
