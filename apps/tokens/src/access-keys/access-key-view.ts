import type { AccessKey, AccessKeyStatus } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue } from '@valetkey/persistence';
import { lentColumns, type LentRow, toLent } from '../lent/lent-view.ts';

interface AccessKeyRow extends LentRow {
  status: AccessKeyStatus;
}

type RevisedAccessKey = AccessKey & { revision: number };

/** A key past its expiry shows so at once, whether or not the sweep has noted it; `$2` is the time. */
export const shownStatus = `CASE WHEN k.expires_at <= $2 THEN 'expired' ELSE k.status END`;

const select = `SELECT ${lentColumns}, ${shownStatus} AS status FROM access_keys k WHERE k.account_id = $1`;

/** Where and when it is looked: a transaction, or a manager with the present time. */
type Look = Pick<Transaction, 'em' | 'now'>;

/** Access keys `k` of an account as they are shown, by a further condition; its parameters begin at `$3`. */
export async function findAccessKeys(
  { em, now }: Look,
  accountId: string,
  { where, values }: { where: string; values: readonly SqlValue[] },
): Promise<AccessKeyRow[]> {
  return sql<AccessKeyRow>(em, `${select} AND ${where}`, [accountId, now, ...values]);
}

/** One key with the revision that its ETag shows. */
export async function findAccessKey(look: Look, accountId: string, id: string): Promise<RevisedAccessKey | undefined> {
  const [row] = await findAccessKeys(look, accountId, { where: 'k.id = $3', values: [id] });
  return row && { ...toAccessKey(row), revision: row.revision };
}

/** A key that the transaction has written, for its answer. */
export async function showAccessKey(tx: Transaction, accountId: string, id: string): Promise<RevisedAccessKey> {
  const key = await findAccessKey(tx, accountId, id);
  if (!key) throw new Error('An access key just written is gone');
  return key;
}

export function toAccessKey(row: AccessKeyRow): AccessKey {
  return { ...toLent(row), status: row.status };
}
