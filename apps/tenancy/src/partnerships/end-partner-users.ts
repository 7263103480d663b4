import { partnerUserRevoked, type PartnershipSide } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import type { SqlValue } from '@valetkey/persistence';
import { deletePartnerUsers, type PartnerUserRow } from './partner-user-rows.ts';
import type { PartnershipRow } from './partnership-rows.ts';
import { tellCut } from './tell-cut.ts';
import { tellPartnerUser, toldOfUser } from './tell-partnership.ts';

interface Ending {
  /** Whose act took the grants; absent where it follows from the end of the partnership. */
  by?: PartnershipSide;
  /** On partner users `u` of these partnerships. */
  where: string;
  values: readonly SqlValue[];
}

/**
 * Takes their grants from users of partnerships whose rows are locked, and tells each to both companies.
 *
 * @returns how many there were
 */
export async function endPartnerUsers(
  tx: Transaction,
  partnerships: readonly PartnershipRow[],
  { by, where, values }: Ending,
): Promise<number> {
  const byId = new Map(partnerships.map((row) => [row.id, row]));
  const ended = await deletePartnerUsers(tx.em, { where, values });
  for (const [partnershipId, users] of Map.groupBy(ended, (row) => row.partnershipId)) {
    const partnership = byId.get(partnershipId);
    if (!partnership) throw new Error('Users of a partnership that is not locked were taken out');
    tell(tx, partnership, { users, by });
  }
  return ended.length;
}

/** Those who lose their grants by one act are told as one batch. */
function tell(
  tx: Transaction,
  partnership: PartnershipRow,
  { users, by }: { users: readonly PartnerUserRow[]; by: PartnershipSide | undefined },
): void {
  for (const [index, row] of users.entries()) {
    tellCut(tx, partnership, row);
    const user = { ...row, version: row.version + 2 };
    const told = { ...toldOfUser(user), ...(by && { batch: { number: index + 1, of: users.length } }) };
    tellPartnerUser(tx, partnerUserRevoked, { partnership, user, by, data: (side) => ({ ...side, ...told }) });
  }
}
