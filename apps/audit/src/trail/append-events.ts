import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { lockChains, moveHeads, purgedAmong } from './chains.ts';
import type { ChainedEntry } from './entry.ts';
import { keepNames } from './keep-names.ts';
import type { PlacedEvent } from './placed-event.ts';
import { dropHeads } from './drop-trail.ts';

/**
 * Appends events to the chains of their trails, in a transaction of the caller's. Trails that are purged with this lose
 * their heads, and from the commit on take nothing any more.
 */
export async function appendEvents(
  em: EntityManager,
  placed: readonly PlacedEvent[],
  purged: readonly string[],
): Promise<void> {
  const chains = await lockChains(em, [...new Set([...placed.map(({ trail }) => trail), ...purged])]);
  const gone = await purgedAmong(em, chains);
  const kept = placed.filter(({ trail }) => !gone.has(trail));
  const byTrail = Map.groupBy(kept, ({ trail }) => trail);
  const entries = chains.flatMap((chain) =>
    (byTrail.get(chain.accountId) ?? []).map(({ event }) => chain.append(event)),
  );
  await insertEntries(em, entries);
  await moveHeads(em, chains);
  await keepNames(em, kept);
  await dropHeads(em, [...gone, ...purged]);
}

async function insertEntries(em: EntityManager, entries: readonly ChainedEntry[]): Promise<void> {
  await sql(
    em,
    `INSERT INTO entries (account_id, position, event, previous_hash, hash)
     SELECT account_id, position, event, nullif(previous_hash, ''), hash
       FROM unnest($1::uuid[], $2::bigint[], $3::jsonb[], $4::text[], $5::text[])
            AS entry (account_id, position, event, previous_hash, hash)`,
    [
      entries.map(({ accountId }) => accountId),
      entries.map(({ position }) => position),
      entries.map(({ event }) => JSON.stringify(event)),
      entries.map(({ previousHash }) => previousHash ?? ''),
      entries.map(({ hash }) => hash),
    ],
  );
}
