import type { EndReason } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { endSessions } from '../sessions/end-sessions.ts';

/**
 * Ends what an account's tokens have opened, now that their module is off or the account deleted. Once that is kept
 * nothing more is opened, and who was opening something held the account until then: so all of it, whenever it was
 * opened. A change that a newer one has overtaken ends only what was open when it happened.
 */
export async function endLoginTokenSessions(
  tx: Transaction,
  accountId: string,
  { reason, openedUntil }: { reason: EndReason; openedUntil?: Date },
): Promise<void> {
  const opened = openedUntil ? ' AND created_at <= $2' : '';
  await endSessions(tx, {
    where: `account_id = $1 AND kind = 'login_token'${opened}`,
    values: [accountId, ...(openedUntil ? [openedUntil] : [])],
    reason,
    covered: true,
  });
}
