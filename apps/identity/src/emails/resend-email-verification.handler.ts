import { fail, type InputOf, resendEmailVerification } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { HourlyLimit } from '../throttles/hourly-limit.ts';
import { MailLimit, TO_UNPROVEN_ADDRESS } from '../throttles/mail-limit.ts';
import { Email } from '../users/email.entity.ts';
import { lockUser } from '../users/lock-user.ts';
import { userIdOf } from '../users/user-id-of.ts';
import { emailView } from './email-view.ts';
import { EmailVerifications } from './email-verifications.ts';

@Injectable()
export class ResendEmailVerificationHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly limit: HourlyLimit,
    private readonly mailLimit: MailLimit,
    private readonly verifications: EmailVerifications,
  ) {}

  @Handles(resendEmailVerification)
  async resend({ emailId: id }: InputOf<typeof resendEmailVerification>, context: HandlerContext) {
    const userId = userIdOf(context);
    return this.limit.ofUser('email-verification', userId, async () => {
      const own = await this.em.fork().findOne(Email, { id, user: userId });
      if (!own) return fail(resendEmailVerification, 'not_found');
      return this.mailLimit.count(TO_UNPROVEN_ADDRESS, own.address, async (mayMail) =>
        this.renew(id, mayMail, context),
      );
    });
  }

  /** Without a mail the secret mailed last stays good. */
  private async renew(id: string, mayMail: boolean, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const user = await lockUser(tx.em, userIdOf(context));
      const email = await tx.em.findOne(Email, { id, user: user.id });
      if (!email) return fail(resendEmailVerification, 'not_found');
      if (email.verifiedAt) return fail(resendEmailVerification, 'email_verified');
      if (mayMail) await this.verifications.begin(tx, email, user.locale);
      return emailView(email);
    });
  }
}
