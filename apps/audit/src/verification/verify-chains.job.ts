import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { PLATFORM_TRAIL } from '../trail/trails-of.ts';
import { type Verdict, verifyChain } from './verify-chain.ts';

/** Verifies the chains of these accounts, one after another; of all there are if none is named. */
export async function* verifyChains(em: EntityManager, accountIds: readonly string[]): AsyncGenerator<Verdict> {
  const chosen = accountIds.length > 0 ? accountIds : await everyChain(em);
  for (const accountId of chosen) yield verifyChain(em, accountId);
}

/** A chain whose head was taken away still has its entries, but for an account's whose purge is under way. */
async function everyChain(em: EntityManager): Promise<string[]> {
  const rows = await sql<{ account_id: string }>(
    em,
    `SELECT account_id FROM chains UNION SELECT account_id FROM entries
     EXCEPT SELECT entity_id::uuid FROM entries WHERE account_id = $1 AND action = 'account.purged'
     ORDER BY account_id`,
    [PLATFORM_TRAIL],
  );
  return rows.map((row) => row.account_id);
}
