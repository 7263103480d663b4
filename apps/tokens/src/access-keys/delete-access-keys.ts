import { accessKeyDeleted } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue } from '@valetkey/persistence';

interface Deleting {
  /** A condition on `access_keys`, its parameters from `$1` on. */
  where: string;
  values: readonly SqlValue[];
}

interface Deleted {
  id: string;
  accountId: string;
  name: string;
  version: number;
}

/** Deletes the keys that fulfil a condition and tells it of each; they are refused from then on. Says how many. */
export async function deleteAccessKeys(tx: Transaction, { where, values }: Deleting): Promise<number> {
  const deleted = await sql<Deleted>(
    tx.em,
    `DELETE FROM access_keys WHERE ${where} RETURNING id, account_id AS "accountId", name, version`,
    values,
  );
  for (const { id, accountId, name, version } of deleted)
    tx.emit(accessKeyDeleted, { id, accountId, sequence: version + 1, data: { name } });
  return deleted.length;
}
