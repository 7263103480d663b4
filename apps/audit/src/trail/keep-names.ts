import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { namesTold } from './names-told.ts';
import type { PlacedEvent } from './placed-event.ts';

/** Keeps what entities call themselves in the latest of their events. */
export async function keepNames(em: EntityManager, placed: readonly PlacedEvent[]): Promise<void> {
  const told = placed.flatMap(({ trail, event }) => namesTold(event).map((name) => ({ trail, ...name })));
  if (told.length === 0) return;
  await sql(
    em,
    `INSERT INTO names (account_id, type, id, name, sequence)
     SELECT DISTINCT ON (account_id, type, id) account_id, type, id, name, sequence
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[])
            AS told (account_id, type, id, name, sequence)
      ORDER BY account_id, type, id, sequence DESC
     ON CONFLICT (account_id, id, type) DO UPDATE SET name = excluded.name, sequence = excluded.sequence
      WHERE names.sequence < excluded.sequence`,
    [
      told.map(({ trail }) => trail),
      told.map(({ type }) => type),
      told.map(({ id }) => id),
      told.map(({ name }) => name),
      told.map(({ sequence }) => sequence),
    ],
  );
}
