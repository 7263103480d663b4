import { setTimeout as delay } from 'node:timers/promises';
import { Logger, Metrics } from '@valetkey/observability';
import { Injectable } from '@nestjs/common';
import type { ClaimedMail } from './claimed-mail.ts';
import { MailQueue } from './mail-queue.ts';
import type { Outcome } from './outcome.ts';
import { pauseAfter } from './retry-rules.ts';

const NOTE_AGAIN_MS = 250;

/** Notes what came of a mail: in the queue, the metrics and the log. */
@Injectable()
export class OutcomeNotes {
  private readonly attempts;

  constructor(
    private readonly queue: MailQueue,
    private readonly logger: Logger,
    metrics: Metrics,
  ) {
    this.attempts = metrics.counter({
      name: 'mail_attempts_total',
      help: 'Attempts to send a mail, by outcome: sent, later, lost, or why it failed for good',
      labelNames: ['template', 'outcome'],
    });
  }

  async note(mail: ClaimedMail, outcome: Outcome, stop: AbortSignal): Promise<void> {
    if (outcome.kind === 'sent') await this.noteSent(mail, stop);
    if (outcome.kind === 'failed') await this.queue.noteFailed(mail, outcome.reason);
    if (outcome.kind === 'later') await this.queue.postpone(mail, pauseAfter(mail.attempts, outcome.cause));
    const { id: mailId, template, attempts } = mail;
    this.attempts.inc({ template, outcome: outcome.kind === 'failed' ? outcome.reason : outcome.kind });
    this.logger[outcome.kind === 'sent' ? 'info' : 'warn']({ mailId, template, attempts, outcome }, 'mail handled');
  }

  /** What is sent and not noted would be sent again: so it is noted even if the database is away for a while. */
  private async noteSent(mail: ClaimedMail, stop: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await this.queue.noteSent(mail);
        return;
      } catch (error) {
        if (stop.aborted) throw error;
        this.logger.warn({ err: error, mailId: mail.id }, 'a mail was sent and cannot be noted as sent, trying again');
        await delay(NOTE_AGAIN_MS);
      }
    }
  }
}
