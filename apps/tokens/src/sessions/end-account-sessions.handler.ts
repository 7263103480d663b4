import { endAccountSession, endAccountSessions, fail, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { endSessions } from './end-sessions.ts';

const reason = 'ended-by-owner';

@Injectable()
export class EndAccountSessionsHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(endAccountSession)
  async endOne({ accountId, sessionId }: InputOf<typeof endAccountSession>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const where = 'account_id = $1 AND id = $2';
      const ended = await endSessions(tx, { where, values: [accountId, sessionId], reason });
      return ended === 1 ? {} : fail(endAccountSession, 'not_found');
    });
  }

  /** All but the one that asks: an owner who clears the house stays in it. */
  @Handles(endAccountSessions)
  async endAll({ accountId, kind }: InputOf<typeof endAccountSessions>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const where = 'account_id = $1 AND ($2::text IS NULL OR kind = $2) AND id IS DISTINCT FROM $3';
      const values = [accountId, kind ?? null, context.caller?.sessionId ?? null];
      await endSessions(tx, { where, values, reason });
      return {};
    });
  }
}
