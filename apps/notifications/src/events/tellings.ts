import type { AccessEvent } from '@valetkey/access-events';
import type { NotificationFrequency } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { v5 as uuidv5 } from 'uuid';
import { ContentSeal } from '../content/content-seal.ts';
import { keepItem } from '../digests/digest-items.ts';
import type { UserMailbox } from '../directory/directory.ts';
import { NOTICE_LIFETIME_MS } from '../notices/lifetime.ts';
import type { NoticeContent } from '../notices/notice.letter.ts';
import { frequenciesOf } from '../preferences/frequencies-of.ts';
import { insertMails, type NewMail } from '../queue/insert-mails.ts';
import type { Occasion, Telling } from './occasion.ts';

/** Brings what is to be told where each user wants it: among the mails, into their next digest, or nowhere. */
@Injectable()
export class Tellings {
  constructor(private readonly seal: ContentSeal) {}

  async keep(
    em: EntityManager,
    { event, tellings, context }: Occasion,
    mailboxes: ReadonlyMap<string, UserMailbox>,
    now: Date,
  ): Promise<void> {
    const wanted = await frequenciesOf(em, tellings);
    for (const telling of tellings) {
      const mailbox = mailboxes.get(telling.userId);
      const frequency: NotificationFrequency = wanted(telling);
      if (!mailbox || frequency === 'off') continue;
      if (frequency === 'daily') await this.keepForDigest(em, event, telling, now);
      else await insertMails(em, await this.mailsOf(event, telling, mailbox, now), context, now);
    }
  }

  private async keepForDigest(em: EntityManager, event: AccessEvent, telling: Telling, now: Date): Promise<void> {
    const { userId, accountId, kind, told } = telling;
    const sealed = await this.seal.seal(told);
    await keepItem(em, { id: uuidv5(userId, event.id), userId, accountId, kind, sealed }, now);
  }

  /** About security to each address, in case somebody has taken over one of them. */
  private async mailsOf(
    event: AccessEvent,
    { kind, accountId, told }: Telling,
    { name, locale, primaryEmail, verifiedEmails }: UserMailbox,
    now: Date,
  ): Promise<NewMail[]> {
    const addresses = kind === 'security' ? verifiedEmails : [primaryEmail];
    const expiresAt = new Date(now.getTime() + NOTICE_LIFETIME_MS);
    return Promise.all(
      addresses.map(async (to) => {
        const content: NoticeContent = { template: told.template, to, name, locale, told };
        const [mailId, sealed] = [uuidv5(to, event.id), await this.seal.seal(content)];
        return { mailId, template: told.template, sealed, expiresAt, accountId };
      }),
    );
  }
}
