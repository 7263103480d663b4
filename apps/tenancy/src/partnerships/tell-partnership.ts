import type { AccessEventDefinition, PartnershipSide } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import type { z } from 'zod';
import type { PartnershipRow } from './partnership-rows.ts';
import type { PartnerUserRow } from './partner-user-rows.ts';
import { type SideData, sidesOf } from './sides-of.ts';

interface Told<D extends z.ZodType> {
  /** Whose act it is: the other company learns only that this one acted, not who there did. Absent, what followed by itself. */
  by?: PartnershipSide;
  /** One side's data, from what every event tells it. */
  data: (side: SideData) => z.input<D>;
}

/** Tells an event of a partnership to both companies, each its own side. The change has grown its version by two. */
export function tellPartnership<D extends z.ZodType>(
  tx: Transaction,
  event: AccessEventDefinition<D>,
  row: PartnershipRow,
  told: Told<D>,
): void {
  tellBoth(tx, event, { row, entity: row, ...told });
}

/** The same for an event of one of its users, whose version the change has grown by two. */
export function tellPartnerUser<D extends z.ZodType>(
  tx: Transaction,
  event: AccessEventDefinition<D>,
  { partnership: row, user: entity, by, data }: Told<D> & { partnership: PartnershipRow; user: PartnerUserRow },
): void {
  tellBoth(tx, event, { row, entity, by, data });
}

/** What every event of a partnership's user tells one side. */
export function toldOfUser({ partnershipId, userId, userName, permissions }: PartnerUserRow) {
  return { partnershipId, user: { id: userId, name: userName }, permissions };
}

function tellBoth<D extends z.ZodType>(
  tx: Transaction,
  event: AccessEventDefinition<D>,
  { row, entity, by, data }: Told<D> & { row: PartnershipRow; entity: { id: string; version: number } },
): void {
  const sides = sidesOf(row);
  for (const side of [sides.provider, sides.client]) {
    tx.emit(event, {
      id: entity.id,
      accountId: side.accountId,
      sequence: side === sides.provider ? entity.version - 1 : entity.version,
      data: data(side.data),
      ...(by === undefined && { actor: { type: 'service', id: 'tenancy' } }),
      ...(by && side.data.side !== by && { actor: { type: 'account', id: sides[by].accountId } }),
      // What followed by itself was in effect with what it followed from: nobody waits for it.
      covered: by === undefined,
    });
  }
}
