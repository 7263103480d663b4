import { Failure } from '@valetkey/contracts';
import { Bus } from '@valetkey/messaging';
import { Clock, Logger } from '@valetkey/observability';
import { systemContext } from '@valetkey/outbox';
import { Inject, Injectable } from '@nestjs/common';
import { ContentSeal } from '../content/content-seal.ts';
import { QueuedContent } from '../content/queued-content.ts';
import { composeLetter } from '../letters/compose-letter.ts';
import { NOTIFICATIONS_CONFIG, type NotificationsConfig } from '../notifications.config.ts';
import { SmtpClient } from '../smtp/smtp-client.ts';
import { SmtpFault } from '../smtp/smtp-fault.ts';
import { askWhetherWanted } from './ask-whether-wanted.ts';
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
    private readonly seal: ContentSeal,
    @Inject(NOTIFICATIONS_CONFIG) private readonly config: NotificationsConfig,
  ) {}

  /** @param lost aborts when the claim is lost, and with it what is being sent. */
  async attempt(mail: ClaimedMail, lost: AbortSignal): Promise<Outcome> {
    const content = await this.open(mail);
    if (mail.expiresAt <= this.clock.now()) return { kind: 'failed', reason: content ? 'expired' : 'unreadable' };
    // A wrong key is mended by an operator, an unknown template by the new version of this service.
    if (!content) return { kind: 'later', cause: 'deferred', why: 'unreadable' };
    const context = { ...systemContext('notifications'), ...mail.cause };
    const wanted = await askWhetherWanted(this.bus, { mailId: mail.id, content }, context);
    if (wanted instanceof Failure) return { kind: 'later', cause: 'away', why: wanted.code };
    if (!wanted) return { kind: 'failed', reason: 'not-wanted' };
    return this.send(mail, content, lost);
  }

  private async open({ id, sealed }: ClaimedMail): Promise<QueuedContent | undefined> {
    try {
      return QueuedContent.parse(await this.seal.open(sealed));
    } catch (error) {
      // Zod names what it expected, not what it got; jose says nothing of the content.
      this.logger.error({ err: error, mailId: id }, 'a mail cannot be read');
      return undefined;
    }
  }

  private async send(mail: ClaimedMail, content: QueuedContent, lost: AbortSignal): Promise<Outcome> {
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
