import { LRUCache } from 'lru-cache';
import { TagIndex } from './tag-index.ts';

export interface KeptAnswer<Answer> {
  readonly key: string;
  readonly answer: Answer;
  readonly tags: readonly string[];
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

/** The latest answers used, found by key and by tag. */
export class KeptAnswers<Answer> {
  private byTag = new TagIndex<KeptAnswer<Answer>>();
  private byKey: LRUCache<string, KeptAnswer<Answer>>;

  constructor(private readonly limit: number) {
    this.byKey = this.empty();
  }

  get(key: string): KeptAnswer<Answer> | undefined {
    return this.byKey.get(key);
  }

  keep(kept: KeptAnswer<Answer>): void {
    this.byKey.set(kept.key, kept);
    this.byTag.add(kept.tags, kept);
  }

  drop(tags: readonly string[]): void {
    for (const { key } of this.byTag.find(tags)) this.byKey.delete(key);
  }

  /** In no time, however many there are. */
  clear(): void {
    this.byTag = new TagIndex();
    this.byKey = this.empty();
  }

  private empty(): LRUCache<string, KeptAnswer<Answer>> {
    return new LRUCache({ max: this.limit, dispose: (kept) => this.byTag.remove(kept.tags, kept) });
  }
}
