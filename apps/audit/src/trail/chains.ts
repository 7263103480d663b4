import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Chain } from './chain.ts';
import { PLATFORM_TRAIL } from './trails-of.ts';

/** Begins those that are missing. In the order of their ids, so that replicas never wait for one another in a circle. */
export async function lockChains(em: EntityManager, trails: readonly string[]): Promise<Chain[]> {
  const rows = await sql<{ account_id: string; position: string; hash: string | null }>(
    em,
    `INSERT INTO chains (account_id, position) SELECT id, 0 FROM unnest($1::uuid[]) AS id ORDER BY id
     ON CONFLICT (account_id) DO UPDATE SET position = chains.position RETURNING account_id, position, hash`,
    [trails],
  );
  return rows.map(({ account_id, position, hash }) => new Chain(account_id, Number(position), hash));
}

/**
 * Of locked chains those of accounts that are gone for good: what comes late must not begin their trails anew. A purge
 * deletes the chain, so only one that has just begun can be such a one.
 */
export async function purgedAmong(em: EntityManager, chains: readonly Chain[]): Promise<Set<string>> {
  const begun = chains.filter(({ position }) => position === 0).map(({ accountId }) => accountId);
  if (begun.length === 0) return new Set();
  const rows = await sql<{ entity_id: string }>(
    em,
    `SELECT entity_id FROM entries WHERE account_id = $1 AND entity_id = ANY($2) AND action = 'account.purged'`,
    [PLATFORM_TRAIL, begun],
  );
  return new Set(rows.map((row) => row.entity_id));
}

export async function moveHeads(em: EntityManager, chains: readonly Chain[]): Promise<void> {
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
