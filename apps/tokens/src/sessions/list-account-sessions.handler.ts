import { type InputOf, listAccountSessions } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { pageOfRows, sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { credentialColumns, type CredentialRow, toCredentialState } from './credential-state.ts';
import { liveSessions } from './live-sessions.sql.ts';

@Injectable()
export class ListAccountSessionsHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(listAccountSessions)
  async list({ accountId, kind, limit, cursor }: InputOf<typeof listAccountSessions>) {
    const rows = await sql<CredentialRow>(
      this.em.fork(),
      `SELECT ${credentialColumns} FROM ${liveSessions('$2')} AND s.account_id = $1
          AND ($3::text IS NULL OR s.kind = $3) AND ($4::uuid IS NULL OR s.id < $4) ORDER BY s.id DESC LIMIT $5`,
      [accountId, this.clock.now(), kind ?? null, cursor ?? null, limit + 1],
    );
    return pageOfRows(rows, limit, toCredentialState);
  }
}
