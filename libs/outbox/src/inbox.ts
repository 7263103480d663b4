import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '@valetkey/persistence';

/** Of these event ids those not handled before; noted as handled in the transaction of their effect. */
export async function takeUnhandled(em: EntityManager, eventIds: readonly string[], now: Date): Promise<Set<string>> {
  const rows = await sql<{ event_id: string }>(
    em,
    `INSERT INTO inbox (event_id, handled_at) SELECT DISTINCT unnest($1::uuid[]), $2::timestamptz
     ON CONFLICT DO NOTHING RETURNING event_id`,
    [eventIds, now],
  );
  return new Set(rows.map((row) => row.event_id));
}
