import { type InputOf, verifyCredentials } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { onPool } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { credentialColumns, type CredentialRow, toCredentialState } from './credential-state.ts';
import { liveSessions } from './live-sessions.sql.ts';

const statement = {
  name: 'verify-credentials',
  text: `SELECT s.secret_hash AS hash, ${credentialColumns} FROM ${liveSessions('$2')} AND s.secret_hash = ANY($1)`,
};

/** The miss of the hot path: one prepared statement for all that are asked at once, no entities. */
@Injectable()
export class VerifyCredentialsHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(verifyCredentials)
  async verify({ hashes }: InputOf<typeof verifyCredentials>) {
    const values = [hashes, this.clock.now()];
    const { rows } = await onPool(this.em, (client) =>
      client.query<CredentialRow & { hash: string }>({ ...statement, values }),
    );
    const found = new Map(rows.map((row) => [row.hash, row]));
    return {
      credentials: hashes.map((hash) => {
        const row = found.get(hash);
        return row ? toCredentialState(row) : null;
      }),
    };
  }
}
