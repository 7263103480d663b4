import { deleteLoginToken, fail, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { deleteLoginTokens } from './delete-login-tokens.ts';

@Injectable()
export class DeleteLoginTokenHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(deleteLoginToken)
  async delete({ accountId, loginTokenId }: InputOf<typeof deleteLoginToken>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const where = 'account_id = $1 AND id = $2';
      const deleted = await deleteLoginTokens(tx, { where, values: [accountId, loginTokenId] });
      return deleted === 1 ? {} : fail(deleteLoginToken, 'not_found');
    });
  }
}
