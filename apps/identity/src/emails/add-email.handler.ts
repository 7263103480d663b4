import { addEmail, emailAdded, fail, Failure, type InputOf, MOST_EMAILS } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { CurrentPassword } from '../passwords/current-password.ts';
import { HourlyLimit } from '../throttles/hourly-limit.ts';
import { MailLimit, TO_UNPROVEN_ADDRESS } from '../throttles/mail-limit.ts';
import { Email } from '../users/email.entity.ts';
import { lockUser } from '../users/lock-user.ts';
import type { User } from '../users/user.entity.ts';
import { userIdOf } from '../users/user-id-of.ts';
import { emailView } from './email-view.ts';
import { EmailVerifications } from './email-verifications.ts';

@Injectable()
export class AddEmailHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly limit: HourlyLimit,
    private readonly mailLimit: MailLimit,
    private readonly currentPassword: CurrentPassword,
    private readonly verifications: EmailVerifications,
  ) {}

  @Handles(addEmail)
  async add({ email, currentPassword }: InputOf<typeof addEmail>, context: HandlerContext) {
    const userId = userIdOf(context);
    return this.limit.ofUser('email-verification', userId, async () => {
      const checked = await this.currentPassword.check(userId, currentPassword);
      if (checked instanceof Failure) return checked;
      return this.mailLimit.count(TO_UNPROVEN_ADDRESS, email, async (mayMail) =>
        this.outbox.transactional(context, async (tx) => {
          const user = await lockUser(tx.em, userId);
          const refusal = await refuse(tx, user, email);
          return refusal ?? this.addTo(tx, user, { address: email, mayMail });
        }),
      );
    });
  }

  private async addTo(tx: Transaction, user: User, { address, mayMail }: { address: string; mayMail: boolean }) {
    const emailId = uuidv7({ msecs: tx.now.getTime() });
    const email = tx.em.create(Email, { id: emailId, user, address, isPrimary: false, createdAt: tx.now });
    tx.em.persist(email);
    tx.emit(emailAdded, { id: user.id, sequence: (user.version += 1), data: { emailId } });
    if (mayMail) await this.verifications.begin(tx, email, user.locale);
    return emailView(email);
  }
}

/** Looks at one's own addresses alone: those of others must not show. */
async function refuse({ em }: Transaction, user: User, email: string) {
  const own = await em.find(Email, { user: user.id });
  if (own.some(({ address }) => address === email)) return fail(addEmail, 'email_taken');
  return own.length < MOST_EMAILS ? undefined : fail(addEmail, 'email_limit_reached');
}
