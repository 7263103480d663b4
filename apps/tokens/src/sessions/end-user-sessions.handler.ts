import { endUserSessions, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { endSessions } from './end-sessions.ts';

const until = (parameter: string) => `created_at <= coalesce(${parameter}::timestamptz, 'infinity')`;
const own = `subject_type = 'user' AND subject_id = $1 AND id IS DISTINCT FROM $2 AND ${until('$3')}`;
const lent = `lender_id = $1 AND ${until('$2')}`;

/** What a user's sessions end by wherever they stand, those opened by access links included; a lock ends what they lent too. */
@Injectable()
export class EndUserSessionsHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(endUserSessions)
  async end(
    { userId, exceptSessionId, openedUntil, reason }: InputOf<typeof endUserSessions>,
    context: HandlerContext,
  ) {
    return this.outbox.transactional(context, async (tx) => {
      const values = [userId, exceptSessionId ?? null, openedUntil ?? null];
      await endSessions(tx, { where: own, values, reason });
      if (reason === 'user-locked')
        await endSessions(tx, { where: lent, values: [userId, openedUntil ?? null], reason });
      // Asked again it may find nothing left to end, and the events of the first time may still be on their way.
      tx.takesAway = true;
      return {};
    });
  }
}
