import type { AccessEvent } from '@valetkey/access-events';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Chain } from './chain.ts';
import type { ChainedEntry } from './entry.ts';
import { trailOf } from './trail-of.ts';

/** Appends events to the chains of their accounts, in a transaction of the caller's. */
export async function appendEvents(em: EntityManager, events: readonly AccessEvent[]): Promise<void> {
  const byAccount = Map.groupBy(events, trailOf);
  const chains = await lockChains(em, [...byAccount.keys()]);
  const entries = chains.flatMap((chain) => (byAccount.get(chain.accountId) ?? []).map((event) => chain.append(event)));
  await insertEntries(em, entries);
  await moveHeads(em, chains);
}

/** Begins those that are missing. In the order of their ids, so that replicas never wait for one another in a circle. */
async function lockChains(em: EntityManager, accountIds: string[]): Promise<Chain[]> {
  const rows = await sql<{ account_id: string; position: string; hash: string | null }>(
    em,
    `INSERT INTO chains (account_id, position) SELECT id, 0 FROM unnest($1::uuid[]) AS id ORDER BY id
     ON CONFLICT (account_id) DO UPDATE SET position = chains.position RETURNING account_id, position, hash`,
    [accountIds],
  );
  return rows.map(({ account_id, position, hash }) => new Chain(account_id, Number(position), hash));
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

async function moveHeads(em: EntityManager, chains: readonly Chain[]): Promise<void> {
  await sql(
    em,
    `UPDATE chains SET position = moved.position, hash = moved.hash
       FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS moved (account_id, position, hash)
      WHERE chains.account_id = moved.account_id`,
    [
      chains.map(({ accountId }) => accountId),
      chains.map(({ position }) => position),
      chains.map(({ hash }) => hash ?? ''),
    ],
  );
}
