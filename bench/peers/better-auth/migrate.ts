import { getMigrations } from 'better-auth/db/migration';
import { betterAuthOptions } from './options.ts';

/** Brings an empty database to Better Auth's schema with its own migrations. */
export async function migrateBetterAuth(databaseUrl: string): Promise<void> {
  const options = betterAuthOptions(databaseUrl);
  const { runMigrations } = await getMigrations(options);
  await runMigrations();
  await options.database.end();
}
