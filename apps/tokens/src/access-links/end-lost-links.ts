import { checkAccessLink, type EndReason, Failure } from '@valetkey/contracts';
import { type Bus, type HandlerContext, insist } from '@valetkey/messaging';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { deleteAccessLinks } from './delete-access-links.ts';

interface Member {
  userId: string;
  accountId: string;
}

interface Asking {
  bus: Bus;
  context: HandlerContext;
}

/** Links that one editor lends to one user. */
interface Lending {
  makerId: string;
  userId: string;
}

/** What has ended already stays as it is: it lends nothing. `$2` the time. */
const open = `account_id = $1 AND status <> 'expired' AND expires_at > $2`;

/**
 * Deletes the links of an account that one of its users has or lends, where tenancy lets their editor lend them no more or
 * their user is a member no more. What it says now decides, and not what the event said when it was told. The links are
 * locked before: one that is about to be used has been by then, or is not.
 */
export async function endLostLinks(tx: Transaction, { userId, accountId }: Member, tenancy: Asking): Promise<void> {
  const lendings = await lockLendings(tx, { userId, accountId });
  for (const lending of lendings) {
    const reason = await whyLost(accountId, lending, tenancy);
    const where = `${open} AND user_id = $3 AND edited_by_id = $4`;
    const values = [accountId, tx.now, lending.userId, lending.makerId];
    if (reason) await deleteAccessLinks(tx, { where, values }, reason);
  }
}

async function whyLost(accountId: string, lending: Lending, { bus, context }: Asking): Promise<EndReason | undefined> {
  const answer = await bus.ask(checkAccessLink, { accountId, ...lending }, context);
  // An account that is gone takes its sessions along, and its links come back with it.
  if (answer instanceof Failure && answer.code === 'not_found') return undefined;
  const { isMember, allowed } = insist(checkAccessLink, answer);
  if (!isMember) return 'membership-lost';
  return allowed ? undefined : 'credential-deleted';
}

async function lockLendings({ em, now }: Transaction, { userId, accountId }: Member): Promise<Lending[]> {
  const locked = await sql<Lending>(
    em,
    `SELECT user_id AS "userId", edited_by_id AS "makerId" FROM access_links
      WHERE ${open} AND (user_id = $3 OR edited_by_id = $3) ORDER BY id FOR UPDATE`,
    [accountId, now, userId],
  );
  return [...new Map(locked.map((lending) => [`${lending.userId} ${lending.makerId}`, lending])).values()];
}
