import { partnerUserChanged } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { findPartnerUsers, type PartnerUserRow } from './partner-user-rows.ts';
import { findPartnerships, type PartnershipRow } from './partnership-rows.ts';
import { tellPartnerUser, toldOfUser } from './tell-partnership.ts';

/** Users of one transaction: enough to keep up, few enough to hold nobody up. */
const BATCH = 500;

const untold = `u.narrowed_from IS NOT NULL ORDER BY u.id LIMIT ${BATCH} FOR UPDATE OF u SKIP LOCKED`;

/** Tells some users' grants that the ceiling has cut; false when there are none. */
export async function tellNarrowedGrants(tx: Transaction): Promise<boolean> {
  const users = await findPartnerUsers(tx.em, { where: untold, values: [] });
  const ids = users.map(({ id }) => id);
  await sql(tx.em, 'UPDATE partner_users SET narrowed_from = NULL WHERE id = ANY($1::uuid[])', [ids]);
  const values = [users.map(({ partnershipId }) => partnershipId)];
  const partnerships = await findPartnerships(tx.em, { where: 'p.id = ANY($1::uuid[])', values });
  const byId = new Map(partnerships.map((row) => [row.id, row]));
  for (const user of users) tell(tx, byId.get(user.partnershipId), user);
  return users.length > 0;
}

function tell(tx: Transaction, partnership: PartnershipRow | undefined, user: PartnerUserRow): void {
  if (!partnership) throw new Error('A partnership went before its users');
  const changes = [{ field: 'permissions', from: user.narrowedFrom, to: user.permissions }];
  const told = { ...toldOfUser(user), changes };
  tellPartnerUser(tx, partnerUserChanged, { partnership, user, data: (side) => ({ ...side, ...told }) });
}
