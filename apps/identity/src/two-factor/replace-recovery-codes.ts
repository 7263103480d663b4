import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { hashRecoveryCode, makeRecoveryCode } from './recovery-code.ts';

const CODES = 10;

/** Makes a user's recovery codes anew. They can be shown this once, for only their hashes are kept. */
export async function replaceRecoveryCodes(em: EntityManager, userId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES }, makeRecoveryCode);
  await sql(em, 'DELETE FROM recovery_codes WHERE user_id = $1', [userId]);
  await sql(em, 'INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, unnest($2::text[])', [
    userId,
    codes.map(hashRecoveryCode),
  ]);
  return codes;
}
