import { errors, type Subscription } from '@nats-io/transport-node';
import type { BusConnection } from './bus-connection.ts';
import { flushSubject, heartbeatSubject } from './topology/names.ts';

const FLUSH_TIMEOUT_MS = 3_000;

/** What the replicas of one service say to their leading relay, and what the relay says to guards: core NATS. */
export class RelaySignals {
  constructor(
    private readonly connection: BusConnection,
    private readonly service: string,
  ) {}

  /** Tells guards that nothing is unsent. Not said while cut off: a buffered heartbeat would arrive as a lie. */
  heartbeat(): void {
    if (this.connection.connected) this.connection.nats.publish(heartbeatSubject(this.service));
  }

  /** Tells the leader that something was committed. */
  poke(): void {
    if (this.connection.connected) this.connection.nats.publish(flushSubject(this.service));
  }

  /** Pokes and waits until the leader has sent all that was committed before; false when it could not. */
  async flush(): Promise<boolean> {
    try {
      const answer = await this.connection.nats.request(flushSubject(this.service), '', { timeout: FLUSH_TIMEOUT_MS });
      return answer.string() === 'sent';
    } catch (error) {
      if (error instanceof errors.RequestError || error instanceof errors.TimeoutError) return false;
      if (error instanceof errors.ClosedConnectionError || error instanceof errors.DrainingConnectionError)
        return false;
      throw error;
    }
  }

  /** Called in the leader for each poke; resolves true when all that was committed before it is sent. */
  onPoke(send: () => Promise<boolean>): Subscription {
    return this.connection.nats.subscribe(flushSubject(this.service), {
      callback: (_error, message) => {
        void send().then((sent) => {
          if (message.reply) message.respond(sent ? 'sent' : 'failed');
        });
      },
    });
  }
}
