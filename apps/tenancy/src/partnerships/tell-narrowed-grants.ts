import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { BATCH } from '../batch.ts';
import { findPartnerUsers } from './partner-user-rows.ts';
import { lockPartnerships } from './partnership-rows.ts';
import { tellCut } from './tell-cut.ts';

const untold = `u.partnership_id = $1 AND u.narrowed_from IS NOT NULL ORDER BY u.id LIMIT ${BATCH}`;

/** Tells some users' grants that the ceiling has cut; false when there is no partnership that has any. */
export async function tellNarrowedGrants(tx: Transaction): Promise<boolean> {
  const where = 'p.id = (SELECT id FROM partnerships WHERE narrowed LIMIT 1 FOR UPDATE SKIP LOCKED)';
  const [partnership] = await lockPartnerships(tx.em, { where, values: [] });
  if (!partnership) return false;
  const users = await findPartnerUsers(tx.em, { where: untold, values: [partnership.id] });
  const ids = users.map(({ id }) => id);
  await sql(tx.em, 'UPDATE partner_users SET narrowed_from = NULL WHERE id = ANY($1::uuid[])', [ids]);
  if (users.length < BATCH)
    await sql(tx.em, 'UPDATE partnerships SET narrowed = false WHERE id = $1', [partnership.id]);
  for (const user of users) tellCut(tx, partnership, user);
  return true;
}
