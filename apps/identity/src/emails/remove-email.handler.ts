import { emailRemoved, fail, type InputOf, removeEmail } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { Email } from '../users/email.entity.ts';
import { lockUser } from '../users/lock-user.ts';
import { tellProfile } from '../users/tell-profile.ts';
import { userIdOf } from '../users/user-id-of.ts';

@Injectable()
export class RemoveEmailHandler {
  constructor(private readonly outbox: Outbox) {}

  /** What was mailed to the address, a verification or a reset, is void with it. */
  @Handles(removeEmail)
  async remove({ emailId }: InputOf<typeof removeEmail>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const user = await lockUser(tx.em, userIdOf(context));
      const emails = await tx.em.find(Email, { user: user.id }, { orderBy: { id: 'asc' } });
      const removed = emails.find(({ id }) => id === emailId);
      if (!removed) return fail(removeEmail, 'not_found');
      const heir = emails.find(({ id, verifiedAt }) => id !== emailId && verifiedAt);
      if (removed.verifiedAt && !heir) return fail(removeEmail, 'last_verified_email');
      await tx.em.nativeDelete(Email, emailId);
      tx.emit(emailRemoved, { id: user.id, sequence: (user.version += 1), data: { emailId } });
      if (removed.isPrimary && heir) {
        heir.isPrimary = true;
        await tellProfile(tx, user);
      }
      return {};
    });
  }
}
