import { emailRemoved, endAddressLinks, fail, Failure, type InputOf, removeEmail } from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { endInTokens } from '../neighbours/end-in-tokens.ts';
import { Email } from '../users/email.entity.ts';
import { lockUser } from '../users/lock-user.ts';
import { tellProfile } from '../users/tell-profile.ts';
import { userIdOf } from '../users/user-id-of.ts';

@Injectable()
export class RemoveEmailHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  /** What was mailed to the address, a verification, a reset or an access link, is void with it. */
  @Handles(removeEmail)
  async remove({ emailId }: InputOf<typeof removeEmail>, context: HandlerContext) {
    const links = { userId: userIdOf(context), emailId };
    const answer = await this.outbox.transactional(context, async (tx) => {
      const user = await lockUser(tx.em, userIdOf(context));
      const emails = await tx.em.find(Email, { user: user.id }, { orderBy: { id: 'asc' } });
      const removed = emails.find(({ id }) => id === emailId);
      if (!removed) return fail(removeEmail, 'not_found');
      const heir = emails.find(({ id, verifiedAt }) => id !== emailId && verifiedAt);
      if (removed.verifiedAt && !heir) return fail(removeEmail, 'last_verified_email');
      await tx.em.nativeDelete(Email, emailId);
      tx.order(endAddressLinks, `email:${emailId}`, links);
      tx.emit(emailRemoved, { id: user.id, sequence: (user.version += 1), data: { emailId } });
      if (removed.isPrimary && heir) {
        heir.isPrimary = true;
        await tellProfile(tx, user);
      }
      return {};
    });
    if (!(answer instanceof Failure)) await endInTokens(this.bus, endAddressLinks, links, context);
    return answer;
  }
}
