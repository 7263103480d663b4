import { moduleNames } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { takeOutOfAccount } from '../sessions/take-out-of-account.ts';
import { endLentSessions, kindsLentBy } from './end-lent-sessions.ts';

/**
 * Empties a deleted account: what it lent ends, its users stand there no more. Once the deletion is kept nobody
 * enters, and who was entering held the account until then.
 */
export async function closeAccount(tx: Transaction, accountId: string): Promise<void> {
  await endLentSessions(tx, accountId, { kinds: kindsLentBy(moduleNames), reason: 'credential-deleted' });
  await takeOutOfAccount(tx, { where: 'account_id = $1', values: [accountId] });
}
