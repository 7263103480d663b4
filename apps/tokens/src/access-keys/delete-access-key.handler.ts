import { deleteAccessKey, fail, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { deleteAccessKeys } from './delete-access-keys.ts';

@Injectable()
export class DeleteAccessKeyHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(deleteAccessKey)
  async delete({ accountId, accessKeyId }: InputOf<typeof deleteAccessKey>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const where = 'account_id = $1 AND id = $2';
      const deleted = await deleteAccessKeys(tx, { where, values: [accountId, accessKeyId] });
      return deleted === 1 ? {} : fail(deleteAccessKey, 'not_found');
    });
  }
}
