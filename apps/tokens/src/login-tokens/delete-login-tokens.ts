import { loginTokenDeleted } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue } from '@valetkey/persistence';
import { endSessions } from '../sessions/end-sessions.ts';

interface Deleting {
  /** A condition on `login_tokens`, its parameters from `$1` on. */
  where: string;
  values: readonly SqlValue[];
}

interface Deleted {
  id: string;
  accountId: string;
  name: string;
  version: number;
}

/** Deletes the tokens that fulfil a condition, ends all their sessions and tells it of each. Says how many. */
export async function deleteLoginTokens(tx: Transaction, { where, values }: Deleting): Promise<number> {
  const deleted = await sql<Deleted>(
    tx.em,
    `DELETE FROM login_tokens WHERE ${where} RETURNING id, account_id AS "accountId", name, version`,
    values,
  );
  if (deleted.length === 0) return 0;
  for (const { id, accountId, name, version } of deleted)
    tx.emit(loginTokenDeleted, { id, accountId, sequence: version + 1, data: { name } });
  const ids = deleted.map(({ id }) => id);
  const ofThem = { where: 'login_token_id = ANY($1::uuid[])', values: [ids] };
  await endSessions(tx, { ...ofThem, reason: 'credential-deleted', covered: true });
  return deleted.length;
}
