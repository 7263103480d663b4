import { apiKey } from '@better-auth/api-key';
import type { BetterAuthOptions } from 'better-auth';
import { Pool } from 'pg';

export const SECRET = 'a-secret-of-the-benchmark-that-is-long-enough';
export const BASE_URL = 'http://127.0.0.1';

/**
 * Better Auth as its documentation sets it up on PostgreSQL. Everything is at its default (keys hashed and kept in the
 * database, no secondary storage, the session's cookie cache off, the pool as `pg` has it) but for the limit of ten
 * verifications a day per key, which is off.
 */
export function betterAuthOptions(databaseUrl: string) {
  return {
    baseURL: BASE_URL,
    secret: SECRET,
    database: new Pool({ connectionString: databaseUrl }),
    emailAndPassword: { enabled: true },
    plugins: [apiKey({ rateLimit: { enabled: false } })],
  } satisfies BetterAuthOptions;
}
