import type { Transaction } from '@valetkey/outbox';
import { takeOutOfAccount } from '../sessions/take-out-of-account.ts';
import { endLoginTokenSessions } from './end-login-token-sessions.ts';

/**
 * Empties a deleted account: what its tokens opened ends, its users stand there no more. Once the deletion is kept nobody
 * enters, and who was entering held the account until then.
 */
export async function closeAccount(tx: Transaction, accountId: string): Promise<void> {
  await endLoginTokenSessions(tx, accountId, { reason: 'credential-deleted' });
  await takeOutOfAccount(tx, { where: 'account_id = $1', values: [accountId] });
}
