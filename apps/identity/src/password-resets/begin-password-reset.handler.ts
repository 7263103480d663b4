import { beginPasswordReset, type InputOf } from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { MailOrders, Outbox, takeUnhandled, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { MailLimit } from '../throttles/mail-limit.ts';
import { Email } from '../users/email.entity.ts';
import { User } from '../users/user.entity.ts';

const LIFETIME_MS = 3_600_000;

type Input = InputOf<typeof beginPasswordReset>;

@Injectable()
export class BeginPasswordResetHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly limit: MailLimit,
    private readonly mails: MailOrders,
  ) {}

  /** Over the limit nothing is done: the secret mailed last stays good. */
  @Handles(beginPasswordReset)
  async begin(input: Input, context: HandlerContext) {
    return this.limit.count(beginPasswordReset.subject, input.email, async (mayMail) =>
      mayMail ? this.mail(input, context) : {},
    );
  }

  /** An order delivered again must not replace the secret that it mailed. */
  private async mail({ email, resetId }: Input, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      if (!(await takeUnhandled(tx.em, [resetId], tx.now)).has(resetId)) return {};
      const verified = await tx.em.findOne(Email, { address: email, verifiedAt: { $ne: null } });
      if (!verified) return {};
      const { name, locale } = await tx.em.findOneOrFail(User, verified.user.id);
      const secret = makeSecret('vkr');
      const expiresAt = new Date(tx.now.getTime() + LIFETIME_MS);
      await keep(tx, verified, { resetId, secretHash: hashSecret(secret), expiresAt });
      const content = { template: 'password-reset', to: email, name, locale, secret, resetId } as const;
      await this.mails.place(tx, { mailId: resetId, content, expiresAt });
      return {};
    });
  }
}

async function keep(
  { em }: Transaction,
  { id, user }: Email,
  { resetId, secretHash, expiresAt }: { resetId: string; secretHash: string; expiresAt: Date },
): Promise<void> {
  await sql(
    em,
    `INSERT INTO password_resets (user_id, email_id, reset_id, secret_hash, expires_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (user_id) DO UPDATE SET email_id = excluded.email_id, reset_id = excluded.reset_id,
       secret_hash = excluded.secret_hash, expires_at = excluded.expires_at`,
    [user.id, id, resetId, secretHash, expiresAt],
  );
}
