import {
  activatePartnerToken,
  disablePartnerToken,
  fail,
  Failure,
  type InputOf,
  partnershipDisabled,
  partnershipEnabled,
} from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { changePartnership } from './change-partnership.ts';
import { partnerTokenRevision } from './partner-token-view.ts';
import { stands } from './partnership-status.rules.ts';
import { lockOfProvider } from './provider-partnership.ts';
import { tellPartnership } from './tell-partnership.ts';

const outcomes = {
  disabled: { contract: disablePartnerToken, event: partnershipDisabled },
  active: { contract: activatePartnerToken, event: partnershipEnabled },
};

@Injectable()
export class SwitchPartnerTokenHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(disablePartnerToken)
  async disable(input: InputOf<typeof disablePartnerToken>, context: HandlerContext) {
    return this.turn('disabled', input, context);
  }

  @Handles(activatePartnerToken)
  async activate(input: InputOf<typeof activatePartnerToken>, context: HandlerContext) {
    return this.turn('active', input, context);
  }

  /** What is so already stays as it is, and nothing is told. */
  private async turn(
    status: keyof typeof outcomes,
    input: InputOf<typeof disablePartnerToken>,
    context: HandlerContext,
  ) {
    const { contract, event } = outcomes[status];
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, contract, context, input.accountId);
      if (actor instanceof Failure) return actor;
      const row = await lockOfProvider(tx.em, input);
      if (!row) return fail(contract, 'not_found');
      if (!stands(row.status)) return fail(contract, 'partnership_not_active');
      if (row.status === status) return partnerTokenRevision(row, tx.now);
      const changed = await changePartnership(tx.em, row, { status });
      tellPartnership(tx, event, changed, { by: 'provider', data: (side) => side });
      return partnerTokenRevision(changed, tx.now);
    });
  }
}
