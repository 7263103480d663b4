/** Runs works with the same key one after another, within this process. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
    this.last.set(key, over);
    await before;
    try {
      return await work();
    } finally {
      if (this.last.get(key) === over) this.last.delete(key);
      end(undefined);
    }
  }
}
