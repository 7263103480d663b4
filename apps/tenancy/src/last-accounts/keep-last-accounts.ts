import { type AccessEvent, byType, on } from '@valetkey/access-events';
import { sessionEntered } from '@valetkey/contracts';
import type { EventsApplier } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

interface Entry {
  userId: string;
  accountId: string;
  at: string;
}

/** In the order of users, so that no two batches wait for each other. Of two at one time the one told later. */
const keep = `
  INSERT INTO last_accounts AS l (user_id, account_id, at)
  SELECT DISTINCT ON (user_id) user_id, account_id, at
    FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) WITH ORDINALITY AS entry (user_id, account_id, at, told)
   ORDER BY user_id, at DESC, told DESC
  ON CONFLICT (user_id) DO UPDATE SET account_id = excluded.account_id, at = excluded.at WHERE l.at <= excluded.at`;

/**
 * Keeps the account that each user entered last by a portal session: that is where the next one begins. What comes late
 * or again changes nothing, since no older entry replaces a newer one.
 */
@Injectable()
export class KeepLastAccounts implements EventsApplier {
  constructor(private readonly em: EntityManager) {}

  async apply(events: readonly AccessEvent[]): Promise<void> {
    const entries: Entry[] = [];
    await collect(events, entries);
    if (entries.length === 0) return;
    await sql(this.em.fork(), keep, [
      entries.map(({ userId }) => userId),
      entries.map(({ accountId }) => accountId),
      entries.map(({ at }) => at),
    ]);
  }
}

const collect = byType<Entry[]>(
  on(sessionEntered, ({ accountid, time, data: { kind, subject } }, entries) => {
    if (kind === 'portal' && subject.type === 'user' && accountid)
      entries.push({ userId: subject.id, accountId: accountid, at: time });
    return Promise.resolve();
  }),
);
