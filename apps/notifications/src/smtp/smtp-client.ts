import { Clock } from '@valetkey/observability';
import { Inject, Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import type { Letter } from '../letters/letter.ts';
import { renderHtml } from '../letters/render-html.ts';
import { renderText } from '../letters/render-text.ts';
import { NOTIFICATIONS_CONFIG, type NotificationsConfig } from '../notifications.config.ts';
import { SmtpFault } from './smtp-fault.ts';

/** Mails sent at a time, each on a connection of its own. */
export const CONNECTIONS = 3;
const CONNECT_TIMEOUT_MS = 10_000;
/** A server may check a mail for long before it takes it, and to hang up earlier risks sending it twice. */
const SOCKET_TIMEOUT_MS = 120_000;

export interface Outgoing {
  mailId: string;
  to: string;
  letter: Letter;
}

/** The mail server, over pooled connections. */
@Injectable()
export class SmtpClient {
  private readonly transport;
  private readonly domain: string;

  constructor(
    private readonly clock: Clock,
    @Inject(NOTIFICATIONS_CONFIG) private readonly config: NotificationsConfig,
  ) {
    this.domain = /@([^@>]+)>?$/.exec(config.MAIL_FROM)?.[1] ?? 'localhost';
    this.transport = createTransport({
      url: config.SMTP_URL,
      pool: true,
      maxConnections: CONNECTIONS,
      // Whether to send again is for the queue to decide, which knows what was taken.
      maxRequeues: 0,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      greetingTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SOCKET_TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /**
   * Resolves when the server has taken the mail. Its Message-ID (RFC 5322 §3.6.4) follows from its id, so that a mail
   * sent twice can be told to be one: the server takes it, we die before we note it, and send it again.
   *
   * @throws SmtpFault telling whether to try again.
   */
  async send({ mailId, to, letter }: Outgoing, signal: AbortSignal): Promise<void> {
    try {
      await this.transport.sendMail({
        from: this.config.MAIL_FROM,
        to: { name: '', address: to },
        messageId: `<${mailId}@${this.domain}>`,
        date: this.clock.now(),
        subject: letter.subject,
        text: renderText(letter),
        html: renderHtml(letter),
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal,
      });
    } catch (error) {
      throw SmtpFault.of(error);
    }
  }

  /** Hangs up, also on what is being sent. */
  close(): void {
    this.transport.close({ force: true });
  }
}
