import { type CredentialState, type InputOf, verifyCredentials } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { credentialColumns, type CredentialRow, toCredentialState } from './credential-state.ts';
import { liveSessions } from './live-sessions.sql.ts';

const lookUpBy = (column: 'secret_hash' | 'forwarded_hash') =>
  `SELECT s.${column} AS hash, ${credentialColumns} FROM ${liveSessions('$2')} AND s.${column} = ANY($1)`;
const sessions = lookUpBy('secret_hash');
const forwardedSessions = lookUpBy('forwarded_hash');

/** The miss of the hot path: one prepared statement for all that are asked at once, no entities. */
@Injectable()
export class VerifyCredentialsHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(verifyCredentials)
  async verify({ hashes }: InputOf<typeof verifyCredentials>) {
    const found = await this.lookUp(sessions, hashes);
    // After the other, so that what is asked most costs one look.
    const others = hashes.filter((hash) => !found.has(hash));
    const forwarded = others.length > 0 ? await this.lookUp(forwardedSessions, others) : found;
    return { credentials: hashes.map((hash) => found.get(hash) ?? forwarded.get(hash) ?? null) };
  }

  private async lookUp(statement: string, hashes: string[]): Promise<Map<string, CredentialState>> {
    const rows = await sql<CredentialRow & { hash: string }>(this.em.fork(), statement, [hashes, this.clock.now()]);
    return new Map(rows.map((row) => [row.hash, toCredentialState(row)]));
  }
}
