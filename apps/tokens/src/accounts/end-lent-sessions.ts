import type { EndReason, ModuleName, SessionKind } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { endSessions } from '../sessions/end-sessions.ts';

/** The modules by which an account lends sessions, and the kind that each opens. */
const lenders: Partial<Record<ModuleName, SessionKind>> = { login_tokens: 'login_token', access_links: 'access_link' };

/** The kinds of session that modules open. */
export function kindsLentBy(modules: readonly ModuleName[]): SessionKind[] {
  return modules.flatMap((module) => lenders[module] ?? []);
}

interface Ending {
  kinds: readonly SessionKind[];
  reason: EndReason;
  openedUntil?: Date;
}

/**
 * Ends what an account's tokens and links have opened, now that their module is off or the account deleted. Once that is
 * kept nothing more is opened, and who was opening something held the account until then: so all of it, whenever it was
 * opened. A change that a newer one has overtaken ends only what was open when it happened.
 */
export async function endLentSessions(
  tx: Transaction,
  accountId: string,
  { kinds, reason, openedUntil }: Ending,
): Promise<void> {
  if (kinds.length === 0) return;
  const opened = openedUntil ? ' AND created_at <= $3' : '';
  await endSessions(tx, {
    where: `account_id = $1 AND kind = ANY($2::text[])${opened}`,
    values: [accountId, kinds, ...(openedUntil ? [openedUntil] : [])],
    reason,
    covered: true,
  });
}
