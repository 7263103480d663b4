import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ChainedEntry } from '../trail/entry.ts';

const PAGE = 1_000;

interface Row {
  position: string;
  event: unknown;
  previous_hash: string | null;
  hash: string;
}

/** The entries of an account from the first to a position, as they are stored, a page in memory at a time. */
export async function* readChain(em: EntityManager, accountId: string, upTo: number): AsyncGenerator<ChainedEntry> {
  for (let after = 0; after < upTo;) {
    const rows = await sql<Row>(
      em,
      `SELECT position, event, previous_hash, hash FROM entries
        WHERE account_id = $1 AND position > $2 AND position <= $3 ORDER BY position LIMIT ${PAGE}`,
      [accountId, after, upTo],
    );
    if (rows.length === 0) return;
    for (const { position, event, previous_hash: previousHash, hash } of rows) {
      after = Number(position);
      yield { accountId, position: after, event, previousHash, hash };
    }
  }
}
