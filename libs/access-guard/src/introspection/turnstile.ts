/** Lets so many through at a time, the others in the order in which they came. */
export class Turnstile {
  private readonly waiting: (() => void)[] = [];
  private inside = 0;

  constructor(private readonly limit: number) {}

  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.inside < this.limit) this.inside += 1;
    else await new Promise<void>((enter) => this.waiting.push(enter));
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  /** Whoever waits takes the place over. */
  private leave(): void {
    const enter = this.waiting.shift();
    if (enter) enter();
    else this.inside -= 1;
  }
}
