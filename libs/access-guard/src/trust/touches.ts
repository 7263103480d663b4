import { LRUCache } from 'lru-cache';

/** Half a minute at a thousand events a second. What is kept from before the oldest of them must be asked for again. */
const MAX_REMEMBERED = 30_000;

/**
 * What was touched since when. Whoever keeps something keeps the moment from which it is, and looks here whether it was
 * touched after. So nothing kept needs an index by its tags, and no event costs more where more is kept.
 */
export class Touches {
  private count = 0;
  /** Any tag may have been touched up to here. */
  private forgotten = 0;
  /** The number of each tag's latest touch. */
  private readonly latest: LRUCache<string, number>;

  constructor(limit = MAX_REMEMBERED) {
    this.latest = new LRUCache({
      max: limit,
      dispose: (touch, _tag, reason) => {
        if (reason === 'evict') this.forgotten = touch;
      },
    });
  }

  /** For {@link touchedSince}. */
  now(): number {
    return this.count;
  }

  drop(tags: readonly string[]): void {
    this.count += 1;
    for (const tag of tags) this.latest.set(tag, this.count);
  }

  forget(): void {
    this.count += 1;
    this.forgotten = this.count;
    this.latest.clear();
  }

  /** True in doubt: for a moment so long ago that the touches after it are not all remembered. */
  touchedSince(moment: number, tags: readonly string[]): boolean {
    if (moment === this.count) return false;
    return moment < this.forgotten || tags.some((tag) => (this.latest.peek(tag) ?? 0) > moment);
  }
}
