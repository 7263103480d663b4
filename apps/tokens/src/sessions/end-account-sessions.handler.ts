import { endAccountSession, endAccountSessions, fail, type InputOf } from '@valetkey/contracts';
import { Finds, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { endSessions } from './end-sessions.ts';

const reason = 'ended-by-owner';
const Path = endAccountSession.input.pick({ accountId: true, sessionId: true });

@Injectable()
export class EndAccountSessionsHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly em: EntityManager,
  ) {}

  @Finds(endAccountSession)
  async isLive(input: Record<string, unknown>): Promise<boolean> {
    const { accountId, sessionId } = Path.parse(input);
    const statement = 'SELECT 1 FROM sessions WHERE account_id = $1 AND id = $2 AND ended_at IS NULL';
    return (await sql(this.em.fork(), statement, [accountId, sessionId])).length > 0;
  }

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
