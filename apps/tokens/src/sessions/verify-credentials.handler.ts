import { type InputOf, type SessionState, verifyCredentials } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { lookUpAccessKeys } from '../access-keys/look-up-access-keys.ts';
import { credentialColumns, type CredentialRow, toCredentialState } from './credential-state.ts';
import { liveSessions } from './live-sessions.sql.ts';

const lookUpBy = (column: 'secret_hash' | 'forwarded_hash') =>
  `SELECT s.${column} AS hash, ${credentialColumns} FROM ${liveSessions('$2')} AND s.${column} = ANY($1)`;
const sessions = lookUpBy('secret_hash');
const forwardedSessions = lookUpBy('forwarded_hash');

/** The miss of the hot path: prepared statements for all that are asked at once, no entities. */
@Injectable()
export class VerifyCredentialsHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(verifyCredentials)
  async verify({ hashes }: InputOf<typeof verifyCredentials>) {
    const now = this.clock.now();
    const found = await this.lookUp(sessions, hashes, now);
    // After the other, so that what is asked most costs one look.
    const others = hashes.filter((hash) => !found.has(hash));
    const [forwarded, keys] = others.length > 0 ? await this.lookUpOthers(others, now) : [];
    const stateOf = (hash: string) => found.get(hash) ?? keys?.get(hash) ?? forwarded?.get(hash) ?? null;
    return { credentials: hashes.map(stateOf) };
  }

  private lookUpOthers(hashes: string[], now: Date) {
    return Promise.all([this.lookUp(forwardedSessions, hashes, now), lookUpAccessKeys(this.em.fork(), hashes, now)]);
  }

  private async lookUp(statement: string, hashes: string[], now: Date): Promise<Map<string, SessionState>> {
    const rows = await sql<CredentialRow & { hash: string }>(this.em.fork(), statement, [hashes, now]);
    return new Map(rows.map((row) => [row.hash, toCredentialState(row)]));
  }
}
