import { randomBytes } from 'node:crypto';
import { defaultKeyHasher } from '@better-auth/api-key';
import { serializeSignedCookie } from 'better-call';
import { Pool } from 'pg';
import { inBatches } from '../../harness/in-batches.ts';
import { SECRET } from './options.ts';
import { INSERT_KEYS, INSERT_SESSIONS, INSERT_USERS } from './seed-statements.ts';

const BATCH = 20_000;

/** Letters only, as Better Auth makes its keys. */
const letters = (length: number): string =>
  Array.from(randomBytes(length), (byte) => String.fromCharCode((byte & 32) + 65 + (byte % 26))).join('');

const manyLetters = (count: number, length: number): string[] => Array.from({ length: count }, () => letters(length));

/** Inserts API keys, each of its own user, hashed as the plugin hashes them, and answers them in clear. */
export async function seedApiKeys(databaseUrl: string, count: number): Promise<string[]> {
  const keys = manyLetters(count, 64);
  await withPool(databaseUrl, (pool) =>
    inBatches(keys, BATCH, async (batch) => {
      const users = await insertUsers(pool, batch.length);
      const starts = batch.map((key) => key.slice(0, 6));
      const hashes = await Promise.all(batch.map(defaultKeyHasher));
      await pool.query(INSERT_KEYS, [manyLetters(batch.length, 32), users, starts, hashes]);
    }),
  );
  return keys;
}

/** Inserts sessions, each of its own user, and answers their signed cookies (`name=value`). */
export async function seedSessions(databaseUrl: string, count: number): Promise<string[]> {
  const tokens = manyLetters(count, 32);
  await withPool(databaseUrl, (pool) =>
    inBatches(tokens, BATCH, async (batch) => {
      const users = await insertUsers(pool, batch.length);
      await pool.query(INSERT_SESSIONS, [manyLetters(batch.length, 32), users, batch]);
    }),
  );
  return Promise.all(tokens.map((token) => serializeSignedCookie('better-auth.session_token', token, SECRET)));
}

async function insertUsers(pool: Pool, count: number): Promise<string[]> {
  const ids = manyLetters(count, 32);
  await pool.query(INSERT_USERS, [ids]);
  return ids;
}

async function withPool(databaseUrl: string, use: (pool: Pool) => Promise<void>): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl });
  try {
    await use(pool);
    await pool.query('VACUUM (ANALYZE)');
  } finally {
    await pool.end();
  }
}
