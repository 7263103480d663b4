import { setImmediate as rest, setTimeout as pause } from 'node:timers/promises';
import { errors, nanos, type NatsConnection } from '@nats-io/transport-node';
import { asError } from '../as-error.ts';
import { ACCESS_STREAM } from '../names.ts';
import { Delivery } from './delivery.ts';
import { ACK_WAIT_MS } from './durable-config.ts';

const BATCH = 200;
/** Short, so that stopping takes no longer, nor missing a request that was lost with its connection. */
const EXPIRES_MS = 1_000;
const GRACE_MS = 1_000;
const PAUSE_MS = 1_000;
const REQUEST = JSON.stringify({ batch: BATCH, expires: nanos(EXPIRES_MS) });
/** Statuses with which a request ends in good order: nothing waits, or it expired. */
const USUAL_ENDS = new Set([404, 408]);

export interface FetcherOptions {
  connection: NatsConnection;
  durable: string;
  /** Told when a request is refused or not answered. Another follows a second later. */
  onStall(reason: string): void;
}

/**
 * Fetches from a durable. One request for 200 is open at a time, and another only
 * when what it brought is being taken: what arrives while a batch is handled makes the next batch, a slow subscriber
 * hoards nothing, and replicas share. (The client's own consumer goes on requesting while nobody takes.)
 *
 * @see https://docs.nats.io/reference/reference-protocols/nats_api_reference#fetching-from-a-pull-consumer
 */
export class Fetcher {
  private readonly inHand = new Set<Delivery>();
  private readonly extending: NodeJS.Timeout;
  private arrived: Delivery[] = [];
  private request: Promise<void> | undefined;
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
      if (this.arrived.length > 0) return this.arrived.splice(0, BATCH);
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
    await this.request;
    clearInterval(this.extending);
    for (const delivery of this.arrived.splice(0)) delivery.giveBack();
  }

  private async fetch(): Promise<void> {
    try {
      const refusal = await this.receive();
      if (refusal !== undefined) await this.stall(refusal);
    } catch (error) {
      if (isRefusal(error)) await this.stall(error.message);
      else this.failure = asError(error);
    } finally {
      this.request = undefined;
      this.changed.resolve();
    }
  }

  /** Makes one request and takes what it brings. Answers why it was refused, if it was; nobody answers for a durable that is not there. */
  private async receive(): Promise<string | undefined> {
    const { connection, durable } = this.options;
    const subject = `$JS.API.CONSUMER.MSG.NEXT.${ACCESS_STREAM}.${durable}`;
    const options = { strategy: 'timer', maxWait: EXPIRES_MS + GRACE_MS, noMux: true } as const;
    let count = 0;
    for await (const message of await connection.requestMany(subject, REQUEST, options)) {
      const { code = 0, description = '' } = message.headers ?? {};
      if (code > 0) return USUAL_ENDS.has(code) ? undefined : `${code} ${description}`;
      this.take(new Delivery(message, (delivery) => this.inHand.delete(delivery)));
      count += 1;
      if (count === BATCH) return undefined;
    }
    return 'no answer';
  }

  private take(delivery: Delivery): void {
    this.inHand.add(delivery);
    this.arrived.push(delivery);
    this.changed.resolve();
  }

  private async stall(reason: string): Promise<void> {
    this.options.onStall(reason);
    await pause(PAUSE_MS);
  }
}

/** There is no JetStream (yet), or we may not fetch from this durable. */
function isRefusal(error: unknown): error is Error {
  return error instanceof errors.NoRespondersError || error instanceof errors.PermissionViolationError;
}
