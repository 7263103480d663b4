import { type ChainedEntry, hashEntry } from './entry.ts';

/** The end of an account's chain, locked by the transaction that holds it. */
export class Chain {
  constructor(
    readonly accountId: string,
    /** Of the last entry; 0 while there is none. */
    public position: number,
    public hash: string | null,
  ) {}

  append(event: unknown): ChainedEntry {
    const previousHash = this.hash;
    const entry = { accountId: this.accountId, position: this.position + 1, event };
    this.position = entry.position;
    this.hash = hashEntry(previousHash, entry);
    return { ...entry, previousHash, hash: this.hash };
  }
}
