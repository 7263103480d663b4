import { Failure, isVerificationWanted, MailContent } from '@valetkey/contracts';
import { unseal } from '@valetkey/credentials';
import { Bus } from '@valetkey/messaging';
import { Clock, Logger } from '@valetkey/observability';
import { systemContext } from '@valetkey/outbox';
import { Inject, Injectable } from '@nestjs/common';
import { composeLetter } from '../letters/compose-letter.ts';
import { NOTIFICATIONS_CONFIG, type NotificationsConfig } from '../notifications.config.ts';
import { SmtpClient } from '../smtp/smtp-client.ts';
import { SmtpFault } from '../smtp/smtp-fault.ts';
import type { ClaimedMail } from './claimed-mail.ts';
import { MailQueue } from './mail-queue.ts';
import type { Outcome } from './outcome.ts';

@Injectable()
export class Delivery {
  constructor(
    private readonly queue: MailQueue,
    private readonly smtp: SmtpClient,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(NOTIFICATIONS_CONFIG) private readonly config: NotificationsConfig,
  ) {}

  /** @param lost aborts when the claim is lost, and with it what is being sent. */
  async attempt(mail: ClaimedMail, lost: AbortSignal): Promise<Outcome> {
    const content = await this.open(mail);
    if (mail.expiresAt <= this.clock.now()) return { kind: 'failed', reason: content ? 'expired' : 'unreadable' };
    // A wrong key is mended by an operator, an unknown template by the new version of this service.
    if (!content) return { kind: 'later', cause: 'deferred', why: 'unreadable' };
    const wanted = await this.isWanted(content, mail);
    if (wanted instanceof Failure) return { kind: 'later', cause: 'away', why: wanted.code };
    if (!wanted) return { kind: 'failed', reason: 'not-wanted' };
    return this.send(mail, content, lost);
  }

  private async open({ id, sealed }: ClaimedMail): Promise<MailContent | undefined> {
    try {
      return MailContent.parse(await unseal(this.config.MAIL_PRIVATE_KEY, sealed));
    } catch (error) {
      // Zod names what it expected, not what it got; jose says nothing of the content.
      this.logger.error({ err: error, mailId: id }, 'a mail cannot be read');
      return undefined;
    }
  }

  private async isWanted(content: MailContent, { cause }: ClaimedMail): Promise<boolean | Failure> {
    if (content.template !== 'verification') return true;
    const { verificationId } = content;
    const context = { ...systemContext('notifications'), ...cause };
    const answer = await this.bus.ask(isVerificationWanted, { verificationId }, context);
    return answer instanceof Failure ? answer : answer.wanted;
  }

  private async send(mail: ClaimedMail, content: MailContent, lost: AbortSignal): Promise<Outcome> {
    const letter = composeLetter(content, this.config.PUBLIC_URL);
    if (!(await this.queue.hold(mail))) return { kind: 'lost' };
    try {
      await this.smtp.send({ mailId: mail.id, to: content.to, letter }, lost);
      return { kind: 'sent' };
    } catch (error) {
      if (!(error instanceof SmtpFault)) throw error;
      const { kind: fault, code: why } = error;
      return fault === 'refused' ? { kind: 'failed', reason: 'refused' } : { kind: 'later', cause: fault, why };
    }
  }
}
