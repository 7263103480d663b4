import { setImmediate as rest } from 'node:timers/promises';
import type { Msg } from '@nats-io/transport-node';
import { asError } from '../as-error.ts';
import { Delivery } from './delivery.ts';
import { ACK_WAIT_MS } from './durable-config.ts';
import { BATCH, EXPIRES_MS, pull, type Source } from './pull.ts';

export interface FetcherOptions extends Source {
  /** Told when a request is refused or not answered. Another follows within a second. */
  onStall(reason: string): void;
}

/**
 * Fetches from a durable. One request for 200 is open at a time, and another only
 * when what it brought is being taken: what arrives while a batch is handled makes the next batch, a slow subscriber
 * hoards nothing, and replicas share. (The client's own consumer goes on requesting while nobody takes.)
 *
 * That a request has expired we know by our own clock: a server before 2.9.16 says nothing when an event comes at that
 * very moment (https://github.com/nats-io/nats-server/commit/df282a221), and the event waits for the next request.
 */
export class Fetcher {
  private readonly inHand = new Set<Delivery>();
  private readonly extending: NodeJS.Timeout;
  private arrived: Delivery[] = [];
  private request: Promise<void> | undefined;
  /** Requests that may still bring something: the open one, and those that expired and have not said so. */
  private readonly pulls = new Set<Promise<void>>();
  private heardAt = -Infinity;
  private changed: PromiseWithResolvers<void> = Promise.withResolvers();
  private stopped = false;
  private failure: Error | undefined;

  constructor(private readonly options: FetcherOptions) {
    // Handling may take longer than the server waits.
    this.extending = setInterval(() => this.inHand.forEach((delivery) => delivery.extend()), ACK_WAIT_MS / 3);
  }

  /**
   * What has arrived: from 1 to 200, as soon as there is any. Undefined once stopped.
   *
   * @throws ClosedConnectionError when the connection is closed for good.
   */
  async next(): Promise<Delivery[] | undefined> {
    while (!this.stopped) {
      if (this.failure) throw this.failure;
      this.request ??= this.fetch();
      if (this.arrived.length > 0) return this.inOrder().splice(0, BATCH);
      await this.changed.promise;
      this.changed = Promise.withResolvers();
      // What came in one go is taken in one go.
      await rest();
    }
    return undefined;
  }

  /** Gives back what nobody has taken, at once, instead of letting it wait for its time. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.changed.resolve();
    await Promise.all(this.pulls);
    clearInterval(this.extending);
    for (const delivery of this.arrived.splice(0)) delivery.giveBack();
  }

  /** Makes a request. Resolves when another is due: its time is over, or it brought all it could before. */
  private async fetch(): Promise<void> {
    const due: PromiseWithResolvers<void> = Promise.withResolvers();
    const timer = setTimeout(due.resolve, EXPIRES_MS);
    const pulling = this.pull(due.resolve).finally(() => this.pulls.delete(pulling));
    this.pulls.add(pulling);
    await due.promise;
    clearTimeout(timer);
    this.request = undefined;
    this.changed.resolve();
  }

  private async pull(onDone: () => void): Promise<void> {
    const askedAt = performance.now();
    try {
      const end = await pull(this.options, (message) => this.take(message));
      if (end === 'done') {
        this.heardAt = performance.now();
        onDone();
      } else if (end !== 'silent') this.options.onStall(end.refused);
      // Nobody answers for a durable that is not there.
      else if (this.heardAt < askedAt) this.options.onStall('no answer');
    } catch (error) {
      this.failure = asError(error);
      onDone();
    }
  }

  /** That of the stream: one request brings its last while the next brings its first. */
  private inOrder(): Delivery[] {
    return this.arrived.sort((one, other) => one.sequence - other.sequence);
  }

  private take(message: Msg): void {
    const delivery = new Delivery(message, (settled) => this.inHand.delete(settled));
    this.heardAt = performance.now();
    this.inHand.add(delivery);
    this.arrived.push(delivery);
    this.changed.resolve();
  }
}
