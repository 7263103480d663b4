import {
  endLoginTokenSession,
  endLoginTokenSessions,
  fail,
  type InputOf,
  listLoginTokenSessions,
} from '@valetkey/contracts';
import { Finds, type HandlerContext, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { Outbox } from '@valetkey/outbox';
import { pageOfRows, sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { credentialColumns, type CredentialRow, toCredentialState } from '../sessions/credential-state.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { liveSessions } from '../sessions/live-sessions.sql.ts';
import { loginTokenExists } from './login-token-exists.ts';

const reason = 'ended-by-owner';
const Path = endLoginTokenSession.input.pick({ accountId: true, loginTokenId: true, sessionId: true });

@Injectable()
export class LoginTokenSessionsHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  @Handles(listLoginTokenSessions)
  async list({ accountId, loginTokenId, limit, cursor }: InputOf<typeof listLoginTokenSessions>) {
    const em = this.em.fork();
    if (!(await loginTokenExists(em, accountId, loginTokenId))) return fail(listLoginTokenSessions, 'not_found');
    const rows = await sql<CredentialRow>(
      em,
      `SELECT ${credentialColumns} FROM ${liveSessions('$2')} AND s.login_token_id = $1
          AND ($3::uuid IS NULL OR s.id < $3) ORDER BY s.id DESC LIMIT $4`,
      [loginTokenId, this.clock.now(), cursor ?? null, limit + 1],
    );
    return pageOfRows(rows, limit, toCredentialState);
  }

  @Handles(endLoginTokenSessions)
  async endAll({ accountId, loginTokenId: id }: InputOf<typeof endLoginTokenSessions>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      if (!(await loginTokenExists(tx.em, accountId, id))) return fail(endLoginTokenSessions, 'not_found');
      await endSessions(tx, { where: 'login_token_id = $1', values: [id], reason });
      return {};
    });
  }

  @Finds(endLoginTokenSession)
  async isLive(input: Record<string, unknown>): Promise<boolean> {
    const { accountId, loginTokenId, sessionId } = Path.parse(input);
    const statement =
      'SELECT 1 FROM sessions WHERE account_id = $1 AND login_token_id = $2 AND id = $3 AND ended_at IS NULL';
    return (await sql(this.em.fork(), statement, [accountId, loginTokenId, sessionId])).length > 0;
  }

  @Handles(endLoginTokenSession)
  async endOne(input: InputOf<typeof endLoginTokenSession>, context: HandlerContext) {
    const { accountId, loginTokenId, sessionId } = input;
    return this.outbox.transactional(context, async (tx) => {
      const where = 'account_id = $1 AND login_token_id = $2 AND id = $3';
      const ended = await endSessions(tx, { where, values: [accountId, loginTokenId, sessionId], reason });
      return ended === 1 ? {} : fail(endLoginTokenSession, 'not_found');
    });
  }
}
