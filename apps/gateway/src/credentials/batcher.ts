interface Waiting<Item, Answer> {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/** Answers of so many fit into one message of the bus (1 MB), whatever permissions they list. */
const MAX_BATCH = 100;
/** One being answered while the next one fills. */
const MAX_UNDER_WAY = 2;

/**
 * Gathers what is asked at the same time into one question. While questions are under way the next one fills, so the
 * batches grow with the load and nothing waits when there is none.
 */
export class Batcher<Item, Answer> {
  private waiting: Waiting<Item, Answer>[] = [];
  private underWay = 0;
  private scheduled = false;

  constructor(private readonly askAll: (items: Item[]) => Promise<Answer[]>) {}

  ask(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.underWay >= MAX_UNDER_WAY || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      void this.send();
      this.schedule();
    });
  }

  private async send(): Promise<void> {
    const batch = this.waiting.splice(0, MAX_BATCH);
    if (batch.length === 0) return;
    this.underWay += 1;
    try {
      const answers = await this.askAll(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, place) => {
        const answer = answers[place];
        if (answer === undefined) reject(new Error('An answer is missing from a batch'));
        else resolve(answer);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.underWay -= 1;
      this.schedule();
    }
  }
}
