import { checkLendings, type EndReason, Failure, type OutputOf } from '@valetkey/contracts';
import { insist } from '@valetkey/messaging';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { Asking, Member } from '../memberships/leave-lost-places.ts';
import { deleteAccessLinks } from './delete-access-links.ts';

/** A link that its editor lends to its user. */
interface LentLink {
  id: string;
  makerId: string;
  userId: string;
}

type Judged = OutputOf<typeof checkLendings>['lendings'][number];

/** Links that one question names: as many as it may. */
const BATCH = 1_000;

/** What has ended already stays as it is: it lends nothing. */
const statement = `
  SELECT id, user_id AS "userId", edited_by_id AS "makerId" FROM access_links
    WHERE account_id = $1 AND status <> 'expired' AND expires_at > $2 AND (user_id = $3 OR edited_by_id = $3)
      AND ($4::uuid IS NULL OR id > $4) ORDER BY id LIMIT ${BATCH} FOR UPDATE`;

/**
 * Deletes the links of an account that one of its users has or lends, where tenancy lets their editor lend them no more or
 * their user is a member no more. What it says now decides, and not what the event said when it was told. The links are
 * locked before: one that is about to be used has been by then, or is not.
 */
export async function endLostLinks(tx: Transaction, member: Member, tenancy: Asking): Promise<void> {
  let last: string | undefined;
  do {
    const links = await lockLinks(tx, member, last);
    if (links.length > 0) await endLost(tx, { accountId: member.accountId, links }, tenancy);
    last = links[BATCH - 1]?.id;
  } while (last);
}

async function lockLinks({ em, now }: Transaction, { userId, accountId }: Member, after?: string): Promise<LentLink[]> {
  return sql<LentLink>(em, statement, [accountId, now, userId, after ?? null]);
}

async function endLost(
  tx: Transaction,
  { accountId, links }: { accountId: string; links: LentLink[] },
  { bus, context }: Asking,
): Promise<void> {
  const lendings = links.map(({ makerId, userId }) => ({ makerId, userId }));
  const answer = await bus.ask(checkLendings, { accountId, lendings }, context);
  // An account that is gone takes its sessions along, and its links come back with it.
  if (answer instanceof Failure && answer.code === 'not_found') return;
  const judged = insist(checkLendings, answer).lendings;
  for (const [reason, lost] of Map.groupBy(links, (_, place) => whyLost(judged[place])))
    if (reason)
      await deleteAccessLinks(tx, { where: 'id = ANY($1::uuid[])', values: [lost.map(({ id }) => id)] }, reason);
}

function whyLost(judged: Judged | undefined): EndReason | undefined {
  if (!judged?.isMember) return 'membership-lost';
  return judged.allowed ? undefined : 'credential-deleted';
}
