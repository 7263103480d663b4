import { type InputOf, Locale, renewVerification } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { MailOrders, Outbox, takeUnhandled, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { MailLimit } from '../throttles/mail-limit.ts';
import { type NewVerification, newVerification } from './new-verification.ts';

type Input = InputOf<typeof renewVerification>;

/**
 * One resend is one mail, for the newest sign-up with the address. The mails of the others stay good, so that nobody who
 * signs up with another's address spoils theirs.
 */
@Injectable()
export class RenewVerificationHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly limit: MailLimit,
    private readonly mails: MailOrders,
  ) {}

  /** Over the limit nothing is done: the secret mailed last stays good. */
  @Handles(renewVerification)
  async renew(input: Input, context: HandlerContext) {
    return this.limit.count(renewVerification.subject, input.email, async (mayMail) =>
      mayMail ? this.mail(input, context) : {},
    );
  }

  private async mail(input: Input, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      if (!(await isFirstDelivery(tx, input))) return {};
      const verification = newVerification(tx.now);
      const locale = await replace(tx, input, verification);
      if (!locale) return {};
      const { email: to, verificationId } = input;
      const { secret, expiresAt } = verification;
      const content = { template: 'verification', to, locale, secret, verificationId } as const;
      await this.mails.place(tx, { mailId: verificationId, content, expiresAt });
      return {};
    });
  }
}

/**
 * An order delivered again must not replace the secret that it mailed. Between orders none comes first: each mails, and
 * ids say nothing of it, since the clocks of replicas differ.
 */
async function isFirstDelivery({ em, now }: Transaction, { verificationId }: Input): Promise<boolean> {
  return (await takeUnhandled(em, [verificationId], now)).has(verificationId);
}

async function replace(
  { em }: Transaction,
  { email, verificationId }: Input,
  { secretHash, expiresAt }: NewVerification,
): Promise<Locale | undefined> {
  const [row] = await sql<{ locale: string }>(
    em,
    `UPDATE sign_ups SET verification_id = $2, secret_hash = $3, expires_at = $4
      WHERE user_id = (SELECT user_id FROM sign_ups WHERE email = $1 ORDER BY user_id DESC LIMIT 1)
        AND NOT EXISTS (SELECT 1 FROM emails WHERE address = $1 AND verified_at IS NOT NULL)
     RETURNING locale`,
    [email, verificationId, secretHash, expiresAt],
  );
  return row && Locale.parse(row.locale);
}
