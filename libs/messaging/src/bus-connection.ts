import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { BusAwayError } from './bus-away.error.ts';
import { type BusOptions, connectBus } from './connect-bus.ts';
import { type Question, ReplyInboxes } from './reply-inboxes.ts';

const DRAIN_MS = 3_000;

/** One service's connection to the bus, and whether it stands at this moment. */
export class BusConnection {
  private standing = true;
  private readonly waiting = new Set<(reason: BusAwayError) => void>();
  private readonly inboxes: ReplyInboxes;

  private constructor(
    readonly nats: NatsConnection,
    user: string,
  ) {
    this.inboxes = new ReplyInboxes(nats, user);
    void this.follow();
  }

  static async open(options: BusOptions): Promise<BusConnection> {
    return new BusConnection(await connectBus(options), options.user);
  }

  /** False from the moment a cut is noticed until the reconnection, and from the drain on. */
  get connected(): boolean {
    return this.standing && !this.nats.isClosed() && !this.nats.isDraining();
  }

  /**
   * The answer to a question.
   *
   * @throws BusAwayError when the connection is away or goes, nobody serves the subject, or the answer is late.
   */
  async request(question: Question): Promise<Msg> {
    if (!this.connected) throw new BusAwayError('disconnected');
    return this.inboxes.request(question);
  }

  /**
   * Sends something and waits for what comes of it, for as long as the connection stands. The client by itself would
   * keep what is sent meanwhile, and send it when the connection is back and nobody waits any more.
   *
   * @throws BusAwayError at once when the connection is away, and the moment it goes.
   */
  async whileConnected<T>(send: () => Promise<T>): Promise<T> {
    if (!this.connected) throw new BusAwayError('disconnected');
    const { promise: lost, reject } = Promise.withResolvers<never>();
    this.waiting.add(reject);
    try {
      return await Promise.race([send(), lost]);
    } finally {
      this.waiting.delete(reject);
    }
  }

  /** Sends what is buffered, waits for subscriptions to end, then closes. Waits 3 s at most for a server that is silent. */
  async close(): Promise<void> {
    if (this.nats.isClosed()) return;
    if (!(await this.drains())) await this.nats.close();
    this.inboxes.abandon();
  }

  /** Draining needs the server; without it there is nobody to be polite to. */
  private async drains(): Promise<boolean> {
    const { promise: late, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(resolve, DRAIN_MS, false);
    try {
      const drained = this.whileConnected(() => this.nats.drain()).then(() => true);
      return await Promise.race([drained, late]);
    } catch {
      return false; // it went while it drained, or was away already
    } finally {
      clearTimeout(timer);
    }
  }

  private async follow(): Promise<void> {
    for await (const { type } of this.nats.status()) {
      if (type === 'disconnect' || type === 'staleConnection') this.lose();
      else if (type === 'reconnect') this.standing = true;
    }
  }

  private lose(): void {
    this.standing = false;
    this.inboxes.abandon();
    for (const reject of this.waiting) reject(new BusAwayError('disconnected'));
  }
}
