import {
  fail,
  type InputOf,
  matchingRevisions,
  NotificationKind,
  updateNotificationPreferences,
} from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Preferences } from './preferences.entity.ts';
import { preferencesView } from './preferences-view.ts';
import { userIdOf } from './user-id-of.ts';

@Injectable()
export class UpdatePreferencesHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(updateNotificationPreferences)
  async update(wanted: InputOf<typeof updateNotificationPreferences>, context: HandlerContext) {
    if ((wanted.security ?? 'immediate') !== 'immediate') return fail(updateNotificationPreferences, 'security_mail');
    const userId = userIdOf(context);
    return this.outbox.transactional(context, async ({ em }) => {
      const stored = await lockPreferences(em, userId);
      const { revision, ...present } = preferencesView(stored);
      if (matchingRevisions(context.ifMatch)?.includes(revision) === false)
        return fail(updateNotificationPreferences, 'precondition_failed');
      const changed = NotificationKind.options.filter((kind) => (wanted[kind] ?? present[kind]) !== present[kind]);
      if (changed.length > 0) {
        Object.assign(stored, { choices: { ...stored.choices, ...wanted }, revision: revision + 1 });
        await dropItems(
          em,
          userId,
          changed.filter((kind) => wanted[kind] === 'off'),
        );
      }
      return preferencesView(stored);
    });
  }
}

/** Whoever looks up how to tell the user of something waits meanwhile, and so do other changes. */
async function lockPreferences(em: EntityManager, userId: string): Promise<Preferences> {
  const values = [userId];
  await sql(
    em,
    `INSERT INTO preferences (user_id, revision, choices) VALUES ($1, 1, '{}') ON CONFLICT DO NOTHING`,
    values,
  );
  return em.findOneOrFail(Preferences, { userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** What one does not want to be told any more stands in no digest either. */
async function dropItems(em: EntityManager, userId: string, kinds: readonly string[]): Promise<void> {
  if (kinds.length === 0) return;
  await sql(em, 'DELETE FROM digest_items WHERE user_id = $1 AND kind = ANY($2)', [userId, kinds]);
}
