import { type InputOf, listScopedCredentials } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

const scoped = (table: 'access_keys' | 'login_tokens') => `SELECT id, name FROM ${table}
  WHERE account_id = $1 AND scope_type = $2 AND scope_id = $3
    AND status NOT IN ('used', 'expired') AND (expires_at IS NULL OR expires_at > $4) ORDER BY id DESC LIMIT 1000`;
const keysOfScope = scoped('access_keys');
const tokensOfScope = scoped('login_tokens');

@Injectable()
export class ListScopedCredentialsHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(listScopedCredentials)
  async list({ accountId, scopeType, scopeId }: InputOf<typeof listScopedCredentials>) {
    const find = (statement: string) =>
      sql<{ id: string; name: string }>(this.em.fork(), statement, [accountId, scopeType, scopeId, this.clock.now()]);
    const [keys, tokens] = await Promise.all([find(keysOfScope), find(tokensOfScope)]);
    return { keys, tokens };
  }
}
