/**
 * Runs passes one at a time. A pass asked for while one is under way begins after it, once for all who asked
 * meanwhile: so who asked knows that the pass has seen what was committed before.
 */
export class Passes {
  private running: Promise<boolean> | undefined;
  private next: Promise<boolean> | undefined;

  constructor(private readonly pass: () => Promise<boolean>) {}

  run(): Promise<boolean> {
    if (!this.running) {
      this.running = this.pass().finally(() => (this.running = undefined));
      return this.running;
    }
    this.next ??= this.running
      .catch(() => false)
      .then(() => {
        this.next = undefined;
        return this.run();
      });
    return this.next;
  }
}
