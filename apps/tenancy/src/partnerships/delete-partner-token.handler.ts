import { deletePartnerToken, fail, Failure, type InputOf, partnershipDeleted } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { changePartnership } from './change-partnership.ts';
import type { PartnershipRow } from './partnership-rows.ts';
import { stands } from './partnership-status.rules.ts';
import { lockOfProvider } from './provider-partnership.ts';
import { type SideData, sidesOf } from './sides-of.ts';
import { tellPartnership } from './tell-partnership.ts';

@Injectable()
export class DeletePartnerTokenHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(deletePartnerToken)
  async delete(input: InputOf<typeof deletePartnerToken>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, deletePartnerToken, context, input.accountId);
      if (actor instanceof Failure) return actor;
      const row = await lockOfProvider(tx.em, input);
      if (!row) return fail(deletePartnerToken, 'not_found');
      if (row.clientAccountId === null) await drop(tx, row);
      else if (stands(row.status)) await end(tx, row);
      else await hide(tx, row);
      return {};
    });
  }
}

/** Nobody has taken it up: nobody else knows of it. */
async function drop(tx: Transaction, row: PartnershipRow): Promise<void> {
  await sql(tx.em, 'DELETE FROM partnerships WHERE id = $1', [row.id]);
  const data = { side: 'provider', accountName: row.providerName, ...nameOf(row) } as const;
  tx.emit(partnershipDeleted, { id: row.id, accountId: row.providerAccountId, sequence: row.version + 1, data });
}

/** The client goes on seeing it, as revoked. */
async function end(tx: Transaction, row: PartnershipRow): Promise<void> {
  const ended = await changePartnership(tx.em, row, { status: 'revoked', deleted: true });
  const data = (side: SideData) => ({ ...side, ...(side.side === 'provider' && nameOf(ended)) });
  tellPartnership(tx, partnershipDeleted, ended, { by: 'provider', data });
}

/** It has ended before: the client learns nothing new. */
async function hide(tx: Transaction, row: PartnershipRow): Promise<void> {
  const { id, version: sequence } = await changePartnership(tx.em, row, { deleted: true });
  const { accountId, data } = sidesOf(row).provider;
  tx.emit(partnershipDeleted, { id, accountId, sequence, data: { ...data, ...nameOf(row) } });
}

function nameOf({ clientName }: PartnershipRow): { clientName?: string } {
  return clientName === null ? {} : { clientName };
}
