import {
  deleteLoginToken,
  endLoginTokenSession,
  endLoginTokenSessions,
  fail,
  getLoginToken,
  Id,
  type InputOf,
  listLoginTokenSessions,
  rotateLoginToken,
  updateLoginToken,
} from '@valetkey/contracts';
import { Finds, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { findLoginTokens, toLoginToken } from './login-token-view.ts';

const Path = z.object({ accountId: Id, loginTokenId: Id });

@Injectable()
export class GetLoginTokenHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(getLoginToken)
  async get({ accountId, loginTokenId }: InputOf<typeof getLoginToken>) {
    const only = { where: 'AND k.id = $3', values: [loginTokenId] };
    const [row] = await findLoginTokens(this.em.fork(), accountId, this.clock.now(), only);
    return row ? { ...toLoginToken(row), revision: row.revision } : fail(getLoginToken, 'not_found');
  }

  @Finds(updateLoginToken, rotateLoginToken, deleteLoginToken, listLoginTokenSessions, endLoginTokenSession, endLoginTokenSessions)
  async exists(input: Record<string, unknown>) {
    const { accountId, loginTokenId } = Path.parse(input);
    const rows = await sql(this.em.fork(), 'SELECT 1 FROM login_tokens WHERE account_id = $1 AND id = $2', [
      accountId,
      loginTokenId,
    ]);
    return rows.length > 0;
  }
}
