import { Health } from '@valetkey/observability';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { type DynamicModule, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { type DatabaseOptions, databaseOptions } from './database.options.ts';
import { migrate } from './migrate.ts';
import { sql } from './sql.ts';

export type { DatabaseOptions };

@Injectable()
class WatchDatabase {
  constructor(orm: MikroORM, health: Health) {
    health.register('postgres', async () => {
      await sql(orm.em, 'SELECT 1');
    });
  }
}

@Injectable()
class MigrateOnStart implements OnModuleInit {
  constructor(private readonly orm: MikroORM) {}

  async onModuleInit(): Promise<void> {
    await migrate(this.orm);
  }
}

/** A service's own database: entity manager to inject, migrated before anything listens. */
@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseOptions & { migrateOnStart: boolean }): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        MikroOrmModule.forRoot({
          ...databaseOptions(options),
          driver: PostgreSqlDriver,
          registerRequestContext: false,
        }),
      ],
      providers: [WatchDatabase, ...(options.migrateOnStart ? [MigrateOnStart] : [])],
    };
  }
}
