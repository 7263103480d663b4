import { Failure, type InputOf, type MailContent, signUp } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { type MailOrder, MailOrders, Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { NewPasswords } from '../passwords/new-passwords.ts';
import { HourlyLimit } from '../throttles/hourly-limit.ts';
import { MailLimit, TO_UNPROVEN_ADDRESS } from '../throttles/mail-limit.ts';
import { findOwner } from '../users/find-owner.ts';
import { newVerification } from './new-verification.ts';
import { SignUp } from './sign-up.entity.ts';

/**
 * Does the same for a known address as for an unknown one, a row that nobody can verify included, so that neither the
 * answer nor its time tells which it is. Only the mail does.
 */
@Injectable()
export class SignUpHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly limit: HourlyLimit,
    private readonly mailLimit: MailLimit,
    private readonly newPasswords: NewPasswords,
    private readonly mails: MailOrders,
  ) {}

  @Handles(signUp)
  async signUp(input: InputOf<typeof signUp>, context: HandlerContext) {
    return this.limit.ofClient(signUp.subject, context, async () => {
      const { password, name, email, accountName } = input;
      const passwordHash = await this.newPasswords.hash(password, [name, email, accountName]);
      if (passwordHash instanceof Failure) return passwordHash;
      return this.mailLimit.count(TO_UNPROVEN_ADDRESS, email, async (mayMail) =>
        this.outbox.transactional(context, async (tx) => {
          const mail = await this.note(tx, input, passwordHash);
          if (mayMail) await this.mails.place(tx, mail);
          return {};
        }),
      );
    });
  }

  /** The mail to be sent for it. */
  private async note(tx: Transaction, input: InputOf<typeof signUp>, passwordHash: string): Promise<MailOrder> {
    const { email, name, accountName, locale } = input;
    const id = () => uuidv7({ msecs: tx.now.getTime() });
    const { secret, secretHash, expiresAt } = newVerification(tx.now);
    const verificationId = id();
    const minted = { userId: id(), accountId: id(), verificationId };
    const noted = { ...minted, accountName, email, name, locale, passwordHash, secretHash, expiresAt };
    tx.em.persist(tx.em.create(SignUp, { ...noted, createdAt: tx.now }));
    const owner = await findOwner(tx.em, email);
    const content: MailContent = owner
      ? { template: 'already-registered', to: email, name: owner.name, locale: owner.locale }
      : { template: 'verification', to: email, locale, secret, verificationId };
    return { mailId: verificationId, content, expiresAt };
  }
}
