import type { GuardTime } from '../guard-time.ts';
import type { ActiveIntrospection } from '../introspection/introspection.ts';

/**
 * Why an open stream must close: its credential is good no more, or is good and no longer for this stream, or nobody can
 * say whether it is.
 */
export type EndOfAccess =
  | { reason: 'inactive' }
  | { reason: 'refused'; access: ActiveIntrospection }
  | { reason: 'unverifiable'; error: unknown };

export interface WatchOptions {
  /** Asks anew. Answers when to ask again, in milliseconds, or how access has ended. */
  ask: () => Promise<number | EndOfAccess>;
  onEnd: (end: EndOfAccess) => void;
  time: GuardTime;
}

/** Looks after the credential of one open stream: asks again when told to and when it is time. */
export class Watch {
  private checking = false;
  private again = false;
  private over = false;
  private callOff = (): void => undefined;

  constructor(private readonly options: WatchOptions) {}

  /** Asks again; when an ask is under way, once more after it. */
  check(): void {
    this.again = true;
    if (!this.checking) void this.run();
  }

  stop(): void {
    this.over = true;
    this.callOff();
  }

  private async run(): Promise<void> {
    this.checking = true;
    this.callOff();
    let delayMs = 0;
    while (this.again && !this.over) {
      this.again = false;
      delayMs = await this.askOnce();
    }
    this.checking = false;
    if (!this.over) this.callOff = this.options.time.after(delayMs, () => this.check());
  }

  private async askOnce(): Promise<number> {
    try {
      const answer = await this.options.ask();
      if (typeof answer === 'number') return answer;
      this.end(answer);
      return 0;
    } catch (error) {
      this.end({ reason: 'unverifiable', error });
      return 0;
    }
  }

  private end(end: EndOfAccess): void {
    if (this.over) return;
    this.stop();
    this.options.onEnd(end);
  }
}
