import { deletePartner, fail, Failure, type InputOf, partnershipRevoked } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { changePartnership } from './change-partnership.ts';
import { lockOfClient } from './client-partnership.ts';
import { stands } from './partnership-status.rules.ts';
import { tellPartnership } from './tell-partnership.ts';

@Injectable()
export class DeletePartnerHandler {
  constructor(private readonly outbox: Outbox) {}

  /** Its state alone: with it no grant stands any more, and what becomes of each is told after the answer. */
  @Handles(deletePartner)
  async revoke(input: InputOf<typeof deletePartner>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, deletePartner, context, input.accountId);
      if (actor instanceof Failure) return actor;
      const row = await lockOfClient(tx.em, input);
      if (!row) return fail(deletePartner, 'not_found');
      if (!stands(row.status)) return fail(deletePartner, 'partnership_not_active');
      const revoked = await changePartnership(tx.em, row, { status: 'revoked' });
      tellPartnership(tx, partnershipRevoked, revoked, { by: 'client', data: (side) => side });
      return {};
    });
  }
}
