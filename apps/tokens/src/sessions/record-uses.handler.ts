import { type InputOf, recordUses } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { KeyUses } from '../access-keys/key-uses.ts';

/** The last use of each login token or link, among the sessions just seen, noted on its row `lent`. */
const lastUses = (table: 'login_tokens' | 'access_links', id: 'login_token_id' | 'access_link_id') => `
  last_${table} AS (
    SELECT DISTINCT ON (${id}) ${id} AS id, at, address FROM seen WHERE ${id} IS NOT NULL ORDER BY ${id}, at DESC
  ), free_${table} AS (
    SELECT lent.id, l.at, l.address FROM ${table} lent JOIN last_${table} l ON l.id = lent.id
     WHERE lent.last_used_at IS NULL OR lent.last_used_at < l.at FOR NO KEY UPDATE OF lent SKIP LOCKED
  ), used_${table} AS (
    UPDATE ${table} lent SET last_used_at = f.at, last_used_from = f.address
      FROM free_${table} f WHERE lent.id = f.id
  )`;

/**
 * One statement for a whole batch. Rows that another transaction holds are left out, which keeps batches of several
 * gateways from waiting for each other crosswise: who is in use will be seen again.
 */
const statement = `
  WITH uses AS (
    SELECT DISTINCT ON (id) id, least(at, $4) AS at, address
      FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS use (id, at, address) ORDER BY id, at DESC
  ), free AS (
    SELECT s.id, u.at, u.address FROM sessions s JOIN uses u ON u.id = s.id
     WHERE s.ended_at IS NULL AND s.last_seen_at < u.at FOR NO KEY UPDATE OF s SKIP LOCKED
  ), seen AS (
    UPDATE sessions s SET last_seen_at = f.at FROM free f WHERE s.id = f.id
    RETURNING s.login_token_id, s.access_link_id, f.at, f.address
  ), ${lastUses('login_tokens', 'login_token_id')}, ${lastUses('access_links', 'access_link_id')}
  SELECT 1`;

@Injectable()
export class RecordUsesHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly keys: KeyUses,
  ) {}

  @Handles(recordUses)
  async record({ uses, keyUses }: InputOf<typeof recordUses>, context: HandlerContext) {
    if (keyUses.length > 0) await this.keys.record(keyUses, context);
    if (uses.length > 0) {
      await sql(this.em.fork(), statement, [
        uses.map(({ id }) => id),
        uses.map(({ at }) => at),
        uses.map(({ address }) => address),
        this.clock.now(),
      ]);
    }
    return {};
  }
}
