import type { Transaction } from '@valetkey/outbox';
import { BATCH } from '../batch.ts';
import { endPartnerUsers } from './end-partner-users.ts';
import { lockPartnerships } from './partnership-rows.ts';

/** Takes some users out of a partnership that has ended; false when there is none that has any. */
export async function endGrantsOfEnded(tx: Transaction): Promise<boolean> {
  const where = `p.id = (SELECT id FROM partnerships WHERE status = 'revoked' AND users > 0 LIMIT 1 FOR UPDATE SKIP LOCKED)`;
  const [ended] = await lockPartnerships(tx.em, { where, values: [] });
  if (!ended) return false;
  const some = `u.id IN (SELECT id FROM partner_users WHERE partnership_id = $1 ORDER BY id LIMIT ${BATCH})`;
  return (await endPartnerUsers(tx, [ended], { where: some, values: [ended.id] })) > 0;
}
