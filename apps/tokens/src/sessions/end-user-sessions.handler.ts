import { endUserSessions, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { endSessions } from './end-sessions.ts';

const where = `subject_type = 'user' AND subject_id = $1 AND id IS DISTINCT FROM $2
  AND created_at <= coalesce($3::timestamptz, 'infinity')`;

/** What a user's sessions end by wherever they stand, those opened by access links included. */
@Injectable()
export class EndUserSessionsHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(endUserSessions)
  async end(
    { userId, exceptSessionId, openedUntil, reason }: InputOf<typeof endUserSessions>,
    context: HandlerContext,
  ) {
    return this.outbox.transactional(context, async (tx) => {
      await endSessions(tx, { where, values: [userId, exceptSessionId ?? null, openedUntil ?? null], reason });
      // Asked again it may find nothing left to end, and the events of the first time may still be on their way.
      tx.takesAway = true;
      return {};
    });
  }
}
