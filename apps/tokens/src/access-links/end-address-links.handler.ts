import { endAddressLinks, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { deleteAccessLinks } from './delete-access-links.ts';

/** A link goes with the address that it was mailed to; one that had ended already stays as it is. */
@Injectable()
export class EndAddressLinksHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(endAddressLinks)
  async end({ userId, emailId }: InputOf<typeof endAddressLinks>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const where = `user_id = $1 AND email_id = $2 AND status <> 'expired' AND expires_at > $3`;
      await deleteAccessLinks(tx, { where, values: [userId, emailId, tx.now] });
      // Asked again it may find nothing left to end, and the events of the first time may still be on their way.
      tx.takesAway = true;
      return {};
    });
  }
}
