import type { InputOf, recordUses } from '@valetkey/contracts';
import type { HandlerContext } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { Outbox } from '@valetkey/outbox';
import { neighbourhoodOf, sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { keepPlaces, MAX_PLACES, type Place } from './keep-places.ts';

type Uses = InputOf<typeof recordUses>['keyUses'];

/**
 * One statement for a whole batch: it notes the last use of each key, and finds the networks that a key was never used
 * from. Rows that another transaction holds are left out, as those of sessions are.
 */
const statement = `
  WITH uses AS (
    SELECT id, least(at, $5) AS at, nullif(address, '') AS address, network
      FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[]) AS use (id, at, address, network)
  ), last AS (
    SELECT DISTINCT ON (id) id, at, address FROM uses ORDER BY id, at DESC
  ), free AS (
    SELECT k.id, l.at, l.address FROM access_keys k JOIN last l ON l.id = k.id
     WHERE k.last_used_at IS NULL OR k.last_used_at < l.at FOR NO KEY UPDATE OF k SKIP LOCKED
  ), used AS (
    UPDATE access_keys k SET last_used_at = f.at, last_used_from = f.address FROM free f WHERE k.id = f.id
  )
  SELECT u.id, u.address, u.network FROM uses u
   WHERE u.address IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM access_key_places p WHERE p.access_key_id = u.id AND p.network = u.network)
     AND (SELECT count(*) FROM access_key_places p WHERE p.access_key_id = u.id) < ${MAX_PLACES}
   ORDER BY u.at`;

/** When and from where access keys were used. */
@Injectable()
export class KeyUses {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async record(uses: Uses, context: HandlerContext): Promise<void> {
    const addresses = uses.map(({ address = '' }) => address);
    const unknown = await sql<Place>(this.em.fork(), statement, [
      uses.map(({ id }) => id),
      uses.map(({ at }) => at),
      addresses,
      addresses.map(neighbourhoodOf),
      this.clock.now(),
    ]);
    if (unknown.length > 0) await this.outbox.transactional(context, (tx) => keepPlaces(tx, unknown));
  }
}
