import type { MikroORM } from '@mikro-orm/postgresql';
import { onPool } from './sql.ts';

/** Any constant: replicas that start at once take turns on it. */
const MIGRATION_LOCK = 7_318_251;

/** Brings the schema up to date. Safe to call from several replicas at once. */
export async function migrate(orm: MikroORM): Promise<void> {
  await onPool(orm.em, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      await orm.migrator.up();
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  });
}
