/** When something was begun, among the touches. */
export interface Beginning {
  readonly after: number;
}

/** What was touched since when, remembered for as long as something begun before may need to know. */
export class Touches {
  private count = 0;
  private everything = 0;
  /** Each tag with the number of its latest touch, the oldest first. */
  private readonly latest = new Map<string, number>();
  /** The oldest first. */
  private readonly underWay = new Set<Beginning>();

  begin(): Beginning {
    const beginning = { after: this.count };
    this.underWay.add(beginning);
    return beginning;
  }

  end(beginning: Beginning): void {
    this.underWay.delete(beginning);
    const [oldest] = this.underWay;
    for (const [tag, touch] of this.latest) {
      if (oldest && touch > oldest.after) return;
      this.latest.delete(tag);
    }
  }

  touch(tags: readonly string[]): void {
    this.count += 1;
    if (this.underWay.size === 0) return;
    for (const tag of tags) {
      this.latest.delete(tag);
      this.latest.set(tag, this.count);
    }
  }

  touchEverything(): void {
    this.count += 1;
    this.everything = this.count;
  }

  touchedSince({ after }: Beginning, tags: readonly string[]): boolean {
    return this.everything > after || tags.some((tag) => (this.latest.get(tag) ?? 0) > after);
  }
}
