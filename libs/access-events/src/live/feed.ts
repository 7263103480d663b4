import type { Msg, NatsConnection, Status, Subscription } from '@nats-io/transport-node';
import { decodeAccessEvent } from '../access-event.ts';
import { asError } from '../as-error.ts';
import { ACCESS_SUBJECTS, HEARTBEAT_SUBJECTS } from '../names.ts';
import type { LiveListener } from './live-listener.ts';

const CUTS: ReadonlySet<Status['type']> = new Set(['disconnect', 'staleConnection', 'close']);

/** The subscriptions behind {@link followLive}, and whether they miss nothing. */
export class Feed {
  private readonly subscriptions = new Map<string, Subscription>();
  private following = false;
  /** Grows with each loss, so that a confirmation asked for before one does not end it. */
  private losses = 0;
  private stopped = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly listener: LiveListener,
  ) {}

  stop(): void {
    this.stopped = true;
    this.losses += 1;
    for (const subscription of this.subscriptions.values()) subscription.unsubscribe();
  }

  async watchConnection(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (this.stopped) return;
      if (CUTS.has(type)) this.lose(type);
      else if (type === 'reconnect') this.resume();
    }
  }

  /** Events before heartbeats: whoever hears the second is sure to hear the first. */
  resume(): void {
    this.ensure(ACCESS_SUBJECTS, ({ data, subject }) => this.listener.onEvent(decodeAccessEvent(data), subject));
    this.ensure(HEARTBEAT_SUBJECTS, ({ subject }) => this.listener.onHeartbeat(lastToken(subject)));
    const { losses } = this;
    this.connection.flush().then(
      () => this.confirm(losses),
      // The connection went again. Its status says so, and when it is back.
      () => undefined,
    );
  }

  /** The client renews subscriptions by itself when it reconnects, but for those that the server has refused. */
  private ensure(subject: string, handOver: (message: Msg) => void): void {
    if (this.subscriptions.get(subject)?.isClosed() === false) return;
    const callback = (error: Error | null, message: Msg) => {
      if (error) this.lose(error.message);
      else this.guard(() => handOver(message));
    };
    this.subscriptions.set(subject, this.connection.subscribe(subject, { callback }));
  }

  private confirm(losses: number): void {
    if (losses !== this.losses) return;
    this.following = true;
    this.listener.onFollowing();
  }

  /** The client would stop reading for good if a callback threw. */
  private guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.lose(asError(error).message);
      this.resume();
    }
  }

  private lose(reason: string): void {
    this.losses += 1;
    if (!this.following) return;
    this.following = false;
    this.listener.onLost(reason);
  }
}

function lastToken(subject: string): string {
  return subject.slice(subject.lastIndexOf('.') + 1);
}
