import {
  type AccessEventDefinition,
  type InputOf,
  type MailFailure,
  mailFailed,
  mailSent,
  type sendMail,
} from '@valetkey/contracts';
import type { HandlerContext } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { Outbox, systemContext } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';
import type { z } from 'zod';
import { type ClaimedMail, type ClaimedRow, claimedColumns, claimedMail } from './claimed-mail.ts';
import { insertMails } from './insert-mails.ts';
import { keptUntil } from './kept-until.rules.ts';

/** A worker that dies gives up its mail after this; one that lives renews its claim in time. */
export const CLAIM_MS = 6_000;

interface Settling<D extends z.ZodType> {
  status: 'sent' | 'failed';
  reason?: MailFailure;
  /** The content may be needed until then. */
  keptUntil?: Date;
  event: AccessEventDefinition<D>;
  data: z.input<D>;
}

/** The mails that wait, in the database: any number of workers take them from there, each mail one at a time. */
@Injectable()
export class MailQueue {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Queues a mail, unless it is or was in the queue. */
  async add({ mailId, template, sealed, expiresAt }: InputOf<typeof sendMail>, context: HandlerContext): Promise<void> {
    const mail = { mailId, template, sealed, expiresAt: new Date(expiresAt) };
    await insertMails(this.em.fork(), [mail], context, this.clock.now());
  }

  /** Takes the mail that has been due longest, but for those that this process has in hand. */
  async claim(inHand: readonly string[]): Promise<ClaimedMail | undefined> {
    const now = this.clock.now();
    const [row] = await sql<ClaimedRow>(
      this.em.fork(),
      `UPDATE mails SET claim = $1, due_at = $2, attempts = attempts + 1
        WHERE id = (SELECT id FROM mails
                     WHERE status = 'queued' AND due_at <= $3 AND id <> ALL($4::uuid[])
                     ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING ${claimedColumns}`,
      [uuidv4(), new Date(now.getTime() + CLAIM_MS), now, inHand],
    );
    return row && claimedMail(row);
  }

  /** Renews a claim; false when somebody else has the mail by now, or it is settled. */
  async hold({ id, claim }: ClaimedMail): Promise<boolean> {
    const until = new Date(this.clock.now().getTime() + CLAIM_MS);
    const text = `UPDATE mails SET due_at = $3 WHERE id = $1 AND claim = $2 AND status = 'queued' RETURNING 1`;
    return (await sql(this.em.fork(), text, [id, claim, until])).length > 0;
  }

  /** Gives a mail back, to be tried again after so long; or to fail, when it expires before. */
  async postpone({ id, claim, expiresAt }: ClaimedMail, milliseconds: number): Promise<void> {
    const later = Math.min(this.clock.now().getTime() + milliseconds, expiresAt.getTime());
    const text = `UPDATE mails SET due_at = $3, claim = NULL WHERE id = $1 AND claim = $2 AND status = 'queued'`;
    await sql(this.em.fork(), text, [id, claim, new Date(later)]);
  }

  async noteSent(mail: ClaimedMail): Promise<void> {
    await this.settle(mail, { status: 'sent', event: mailSent, data: { template: mail.template } });
  }

  async noteFailed(mail: ClaimedMail, reason: MailFailure): Promise<void> {
    const data = { template: mail.template, reason };
    const kept = keptUntil(mail, reason, this.clock.now());
    await this.settle(mail, { status: 'failed', reason, keptUntil: kept, event: mailFailed, data });
  }

  private async settle<D extends z.ZodType>(
    mail: ClaimedMail,
    { status, reason, keptUntil: kept, event, data }: Settling<D>,
  ): Promise<void> {
    await this.outbox.transactional({ ...systemContext('notifications'), ...mail.cause }, async ({ em, now, emit }) => {
      const [settled] = await sql<{ version: number }>(
        em,
        `UPDATE mails SET status = $2, reason = $3, settled_at = $4, kept_until = $5, claim = NULL,
                          sealed = CASE WHEN $5::timestamptz IS NULL THEN NULL ELSE sealed END, version = version + 1
          WHERE id = $1 AND status = 'queued' RETURNING version`,
        [mail.id, status, reason ?? null, now, kept ?? null],
      );
      if (settled) emit(event, { id: mail.id, sequence: settled.version, data });
    });
  }
}
