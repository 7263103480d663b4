import { fail, type InputOf, resendEmailVerification } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { HourlyLimit } from '../throttles/hourly-limit.ts';
import { Email } from '../users/email.entity.ts';
import { lockUser } from '../users/lock-user.ts';
import { userIdOf } from '../users/user-id-of.ts';
import { emailView } from './email-view.ts';
import { EmailVerifications } from './email-verifications.ts';

@Injectable()
export class ResendEmailVerificationHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly limit: HourlyLimit,
    private readonly verifications: EmailVerifications,
  ) {}

  @Handles(resendEmailVerification)
  async resend({ emailId: id }: InputOf<typeof resendEmailVerification>, context: HandlerContext) {
    const userId = userIdOf(context);
    return this.limit.ofUser('email-verification', userId, async () =>
      this.outbox.transactional(context, async (tx) => {
        const user = await lockUser(tx.em, userId);
        const email = await tx.em.findOne(Email, { id, user: userId });
        if (!email) return fail(resendEmailVerification, 'not_found');
        if (email.verifiedAt) return fail(resendEmailVerification, 'email_verified');
        await this.verifications.begin(tx, email, user.locale);
        return emailView(email);
      }),
    );
  }
}
