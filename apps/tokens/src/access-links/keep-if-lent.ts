import { type AccessLink, Failure } from '@valetkey/contracts';
import type { Bus, HandlerContext } from '@valetkey/messaging';
import type { Outbox } from '@valetkey/outbox';
import { deleteAccessLinks } from './delete-access-links.ts';
import { judgeLending } from './judge-lending.ts';

type WrittenLink = AccessLink & { revision: number };

interface Asking {
  bus: Bus;
  outbox: Outbox;
  context: HandlerContext;
}

/**
 * Asks of a link just written what was asked before: whatever took the right to it away in between found no link to end.
 * One that may not be is deleted, unless somebody has edited it since, and the refusal is answered.
 */
export async function keepIfLent(
  link: WrittenLink,
  { accountId, emailId }: { accountId: string; emailId: string },
  { bus, outbox, context }: Asking,
): Promise<WrittenLink | Failure<'not_found' | 'own_link' | 'forbidden'>> {
  const { id, revision, user, waiveTwoFactor } = link;
  const lending = await judgeLending(bus, { accountId, userId: user.id, emailId, waiveTwoFactor }, context);
  if (!(lending instanceof Failure)) return link;
  const where = 'account_id = $1 AND id = $2 AND revision = $3';
  // The key is that of the request which wrote it.
  await outbox.transactional({ ...context, idempotency: undefined }, (tx) =>
    deleteAccessLinks(tx, { where, values: [accountId, id, revision] }),
  );
  return lending;
}
