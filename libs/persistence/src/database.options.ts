import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, type Options } from '@mikro-orm/postgresql';
import { prepareStatements } from './prepare-statements.ts';
import { releaseEnded } from './release-ended.ts';
import type { Pool } from 'pg';
import type { Migration } from '@mikro-orm/migrations';

export interface DatabaseOptions {
  /** `postgres://…`, of the service's own database. */
  url: string;
  /** Connections at most. */
  pool: number;
  entities: NonNullable<Options['entities']>;
  /** In the order in which they run. */
  migrations: { name: string; class: new (...parameters: ConstructorParameters<typeof Migration>) => Migration }[];
}

/** MikroORM on PostgreSQL as every service uses it: no global context, UTC, hand-written migrations only. */
export function databaseOptions({ url, pool, entities, migrations }: DatabaseOptions): Options {
  return defineConfig({
    clientUrl: url,
    entities,
    extensions: [Migrator],
    forceUtcTimezone: true,
    allowGlobalContext: false,
    pool: { min: 0, max: pool },
    driverOptions: {
      onPoolCreated: (created: Pool) => {
        releaseEnded(created);
        prepareStatements(created);
      },
    },
    migrations: { migrationsList: migrations, snapshot: false, allOrNothing: true, transactional: true },
    // A query's parameters can be personal data and digests; nothing of them belongs in a log.
    debug: false,
  });
}
