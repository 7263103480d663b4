import { endOwnSession, endOwnSessions, fail, type InputOf, listOwnSessions } from '@valetkey/contracts';
import { Finds, type HandlerContext, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { Outbox } from '@valetkey/outbox';
import { pageOfRows, sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { credentialColumns, type CredentialRow, toCredentialState } from './credential-state.ts';
import { endSessions } from './end-sessions.ts';
import { liveSessions } from './live-sessions.sql.ts';

const reason = 'ended-by-user';
/** A user's own: what others open in their name, by a link, is not theirs to see. `$1` the user. */
const own = `subject_type = 'user' AND subject_id = $1 AND kind = 'portal'`;
const Path = endOwnSession.input.pick({ sessionId: true });

@Injectable()
export class OwnSessionsHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  @Handles(listOwnSessions)
  async list({ limit, cursor }: InputOf<typeof listOwnSessions>, context: HandlerContext) {
    const rows = await sql<CredentialRow>(
      this.em.fork(),
      `SELECT ${credentialColumns} FROM ${liveSessions('$2')} AND ${own}
          AND ($3::uuid IS NULL OR s.id < $3) ORDER BY s.id DESC LIMIT $4`,
      [userOf(context), this.clock.now(), cursor ?? null, limit + 1],
    );
    return pageOfRows(rows, limit, toCredentialState);
  }

  @Finds(endOwnSession)
  async isOwn(input: Record<string, unknown>, context: HandlerContext): Promise<boolean> {
    const { sessionId } = Path.parse(input);
    const statement = `SELECT 1 FROM sessions WHERE ${own} AND id = $2 AND ended_at IS NULL`;
    return (await sql(this.em.fork(), statement, [userOf(context), sessionId])).length > 0;
  }

  @Handles(endOwnSession)
  async endOne({ sessionId }: InputOf<typeof endOwnSession>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const values = [userOf(context), sessionId];
      const ended = await endSessions(tx, { where: `${own} AND id = $2`, values, reason });
      return ended === 1 ? {} : fail(endOwnSession, 'not_found');
    });
  }

  @Handles(endOwnSessions)
  async endOthers(_input: InputOf<typeof endOwnSessions>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const values = [userOf(context), context.caller?.sessionId ?? null];
      await endSessions(tx, { where: `${own} AND id IS DISTINCT FROM $2`, values, reason });
      return {};
    });
  }
}

function userOf({ caller }: HandlerContext): string | null {
  return caller?.subject.id ?? null;
}
