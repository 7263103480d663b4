import { partnerUserChanged } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import type { PartnerUserRow } from './partner-user-rows.ts';
import type { PartnershipRow } from './partnership-rows.ts';
import { tellPartnerUser, toldOfUser } from './tell-partnership.ts';

/** Tells what the ceiling took from a user of whom that was not told yet, before anything else is told of them. */
export function tellCut(tx: Transaction, partnership: PartnershipRow, user: PartnerUserRow): void {
  if (user.narrowedFrom === null) return;
  const changes = [{ field: 'permissions', from: user.narrowedFrom, to: user.permissions }];
  const told = { ...toldOfUser(user), changes };
  tellPartnerUser(tx, partnerUserChanged, { partnership, user, data: (side) => ({ ...side, ...told }) });
}
