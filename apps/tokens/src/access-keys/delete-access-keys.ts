import { accessKeyDeleted } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { type Condition, deleteLent } from '../lent/delete-lent.ts';

/** Deletes the keys that fulfil a condition on `access_keys`; they are refused from then on. Says how many. */
export async function deleteAccessKeys(tx: Transaction, which: Condition): Promise<number> {
  return (await deleteLent(tx, { table: 'access_keys', event: accessKeyDeleted }, which)).length;
}
