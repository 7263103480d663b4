import type { accessKeyDeleted, loginTokenDeleted } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue } from '@valetkey/persistence';

export interface Condition {
  /** A condition on the table, its parameters from `$1` on. */
  where: string;
  values: readonly SqlValue[];
}

interface Lent {
  table: 'access_keys' | 'login_tokens';
  event: typeof accessKeyDeleted | typeof loginTokenDeleted;
}

/** Deletes what fulfils a condition of what is lent, and tells it of each. Answers their ids. */
export async function deleteLent(
  tx: Transaction,
  { table, event }: Lent,
  { where, values }: Condition,
): Promise<string[]> {
  const deleted = await sql<{ id: string; accountId: string; name: string; version: number }>(
    tx.em,
    `DELETE FROM ${table} WHERE ${where} RETURNING id, account_id AS "accountId", name, version`,
    values,
  );
  for (const { id, accountId, name, version } of deleted)
    tx.emit(event, { id, accountId, sequence: version + 1, data: { name } });
  return deleted.map(({ id }) => id);
}
