import { Clock } from '@valetkey/observability';
import { systemContext } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { v5 as uuidv5 } from 'uuid';
import { ContentSeal } from '../content/content-seal.ts';
import type { UserMailbox } from '../directory/directory.ts';
import { Told } from '../notices/told.ts';
import { NOTICE_LIFETIME_MS } from '../notices/lifetime.ts';
import { insertMails } from '../queue/insert-mails.ts';
import type { DigestDay } from './digest-day.ts';
import { takeItems } from './digest-items.ts';
import type { DigestContent } from './digest.letter.ts';

/** More than this in one mail nobody reads. */
const SHOWN = 100;

@Injectable()
export class Digests {
  constructor(
    private readonly em: EntityManager,
    private readonly seal: ContentSeal,
    private readonly clock: Clock,
  ) {}

  /** Users who have something to be told and had no digest of the day yet, in the order of their ids. */
  async due({ before, day }: DigestDay, after: string, limit: number): Promise<string[]> {
    const rows = await sql<{ user_id: string }>(
      this.em.fork(),
      `SELECT DISTINCT user_id FROM digest_items i
        WHERE created_at < $1 AND user_id > $3
          AND NOT EXISTS (SELECT FROM digests WHERE user_id = i.user_id AND sent_for >= $2)
        ORDER BY user_id LIMIT $4`,
      [before, day, after, limit],
    );
    return rows.map(({ user_id }) => user_id);
  }

  /** Queues a user's digest in the transaction that takes its items: neither is lost nor comes twice. */
  async queue(userId: string, mailbox: UserMailbox | undefined, digestDay: DigestDay): Promise<void> {
    await this.em.fork().transactional(async (em) => {
      if (!(await beginDay(em, userId, digestDay.day))) return;
      const taken = await takeItems(em, userId, digestDay.before);
      if (!mailbox || taken.length === 0) return;
      const sealed = await this.seal.seal(await this.contentOf(taken, mailbox));
      const now = this.clock.now();
      const mailId = uuidv5(`digest of ${digestDay.day}`, userId);
      const expiresAt = new Date(now.getTime() + NOTICE_LIFETIME_MS);
      await insertMails(em, [{ mailId, template: 'digest', sealed, expiresAt }], systemContext('notifications'), now);
    });
  }

  private async contentOf(taken: readonly string[], mailbox: UserMailbox): Promise<DigestContent> {
    const items = await Promise.all(
      taken.slice(0, SHOWN).map(async (sealed) => Told.parse(await this.seal.open(sealed))),
    );
    const { name, locale, primaryEmail: to } = mailbox;
    return { template: 'digest', to, name, locale, items, more: taken.length - items.length };
  }
}

/** False when the user has had the digest of that day; another replica that is at it is waited for. */
async function beginDay(em: EntityManager, userId: string, day: string): Promise<boolean> {
  const rows = await sql(
    em,
    `INSERT INTO digests (user_id, sent_for) VALUES ($1, $2)
     ON CONFLICT (user_id) DO UPDATE SET sent_for = excluded.sent_for WHERE digests.sent_for < excluded.sent_for
     RETURNING 1`,
    [userId, day],
  );
  return rows.length > 0;
}
