import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { hashEntry } from '../trail/entry.ts';
import { readChain } from './read-chain.ts';

/** Where a chain is broken first, and how. */
export interface Break {
  position: number;
  /**
   * `missing`: there is no entry at this position; `unlinked`: it does not follow the one before; `altered`: it is not what
   * was hashed; `head`: it is not the one that was appended last.
   */
  reason: 'missing' | 'unlinked' | 'altered' | 'head';
}

export interface Verdict {
  accountId: string;
  /** How many entries were found good. */
  entries: number;
  broken?: Break;
}

/** Computes an account's chain anew, as far as it reached when it was asked. Entries appended meanwhile don't disturb. */
export async function verifyChain(em: EntityManager, accountId: string): Promise<Verdict> {
  const head = await headOf(em, accountId);
  let position = 0;
  let hash: string | null = null;
  const verdict = (reason?: Break['reason'], at = position): Verdict => ({
    accountId,
    entries: position,
    ...(reason && { broken: { position: at, reason } }),
  });

  for await (const entry of readChain(em, accountId, head.last)) {
    const next = position + 1;
    if (entry.position !== next) return verdict('missing', next);
    if (entry.previousHash !== hash) return verdict('unlinked', next);
    if (entry.hash !== hashEntry(hash, entry)) return verdict('altered', next);
    position = next;
    hash = entry.hash;
  }
  return head.position === position && head.hash === hash ? verdict() : verdict('head', head.position);
}

interface Head {
  position: number;
  hash: string | null;
  /** The position of the last entry that is there. */
  last: number;
}

/** In one statement, so that no append comes between head and entries. */
async function headOf(em: EntityManager, accountId: string): Promise<Head> {
  const [row] = await sql<{ position: string | null; hash: string | null; last: string | null }>(
    em,
    `SELECT chain.position, chain.hash, entry.last
       FROM (SELECT max(position) AS last FROM entries WHERE account_id = $1) AS entry
       LEFT JOIN chains AS chain ON chain.account_id = $1`,
    [accountId],
  );
  return { position: Number(row?.position ?? 0), hash: row?.hash ?? null, last: Number(row?.last ?? 0) };
}
