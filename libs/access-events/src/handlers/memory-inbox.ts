import type { Inbox } from './once.ts';

const DEFAULT_LIMIT = 100_000;

/** The ids that a transaction has claimed. */
export type MemoryTransaction = Set<string>;

/** Remembers the latest ids in memory: for demos, tests, and effects that end with the process. */
export function memoryInbox(limit = DEFAULT_LIMIT): Inbox<MemoryTransaction> {
  const handled = new Set<string>();
  return {
    transaction: async (work) => {
      const claimed: MemoryTransaction = new Set();
      const result = await work(claimed);
      for (const id of claimed) remember(handled, id, limit);
      return result;
    },
    claim: async (claimed, ids) => {
      for (const id of ids) if (!handled.has(id)) claimed.add(id);
      return claimed;
    },
  };
}

function remember(handled: Set<string>, id: string, limit: number): void {
  handled.add(id);
  const [oldest] = handled;
  if (handled.size > limit && oldest !== undefined) handled.delete(oldest);
}
