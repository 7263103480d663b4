import { Logger } from '@valetkey/observability';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CONNECTIONS, SmtpClient } from '../smtp/smtp-client.ts';
import type { ClaimedMail } from './claimed-mail.ts';
import { Delivery } from './delivery.ts';
import { Doorbell } from './doorbell.ts';
import { MailQueue } from './mail-queue.ts';
import { OutcomeNotes } from './outcome-notes.ts';
import { whileHeld } from './while-held.ts';

/** So often it looks even if nothing rings: for mails of other replicas, and those that are to be tried again. */
const LOOK_MS = 1_000;
/** What is being sent at shutdown may end; after this it is cut off and tried again later. */
const SHUTDOWN_PATIENCE_MS = 5_000;

/** Sends what the queue holds. Any number of replicas may, each with as many workers as it has connections. */
@Injectable()
export class SendMailsJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stop = new AbortController();
  private readonly inHand = new Set<string>();
  private workers: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly queue: MailQueue,
    private readonly delivery: Delivery,
    private readonly notes: OutcomeNotes,
    private readonly doorbell: Doorbell,
    private readonly smtp: SmtpClient,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.workers = Promise.all(Array.from({ length: CONNECTIONS }, async () => this.work()));
  }

  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    const impatience = setTimeout(() => this.smtp.close(), SHUTDOWN_PATIENCE_MS);
    await this.workers;
    clearTimeout(impatience);
    this.smtp.close();
  }

  private async work(): Promise<void> {
    while (!this.stop.signal.aborted) {
      const heard = this.doorbell.rings;
      if (!(await this.sendNext())) await this.doorbell.wait(heard, LOOK_MS, this.stop.signal);
    }
  }

  /** True when it is worth while to go on at once. */
  private async sendNext(): Promise<boolean> {
    try {
      const mail = await this.queue.claim([...this.inHand]);
      return mail !== undefined && (await this.handle(mail));
    } catch (error) {
      this.logger.warn({ err: error }, 'mails stay in the queue for now');
      return false;
    }
  }

  private async handle(mail: ClaimedMail): Promise<boolean> {
    this.inHand.add(mail.id);
    try {
      return await whileHeld(this.queue, mail, async (lost) => {
        const outcome = await this.delivery.attempt(mail, lost);
        await this.notes.note(mail, outcome, this.stop.signal);
        return outcome.kind !== 'later' || outcome.cause !== 'away';
      });
    } finally {
      this.inHand.delete(mail.id);
    }
  }
}
