import { setTimeout as pause } from 'node:timers/promises';
import { errors, type Subscription } from '@nats-io/transport-node';
import { BusAwayError } from './bus-away.error.ts';
import type { BusConnection } from './bus-connection.ts';
import { flushSubject, heartbeatSubject } from './topology/names.ts';

const FLUSH_TIMEOUT_MS = 3_000;
/** A leader that dies is followed by another replica within moments. */
const ASK_AGAIN_MS = 100;

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
    const end = performance.now() + FLUSH_TIMEOUT_MS;
    for (;;) {
      const sent = await this.askLeader(end - performance.now());
      if (sent !== undefined || performance.now() + ASK_AGAIN_MS > end) return sent ?? false;
      await pause(ASK_AGAIN_MS);
    }
  }

  /** Undefined when there is no leader at this moment. */
  private async askLeader(timeout: number): Promise<boolean | undefined> {
    const { nats } = this.connection;
    try {
      const answer = await this.connection.whileConnected(() =>
        nats.request(flushSubject(this.service), '', { timeout }),
      );
      return answer.string() === 'sent';
    } catch (error) {
      if (error instanceof errors.RequestError && error.isNoResponders()) return undefined;
      if (isAway(error)) return false;
      throw error;
    }
  }

  /** Called in the leader: told of each poke, and asked by each flush, which resolves true when all committed before is sent. */
  onPoke({ poked, flush }: { poked: () => void; flush: () => Promise<boolean> }): Subscription {
    return this.connection.nats.subscribe(flushSubject(this.service), {
      callback: (_error, message) => {
        if (message.reply) void flush().then((sent) => message.respond(sent ? 'sent' : 'failed'));
        else poked();
      },
    });
  }
}

function isAway(error: unknown): boolean {
  return [
    BusAwayError,
    errors.RequestError,
    errors.TimeoutError,
    errors.ClosedConnectionError,
    errors.DrainingConnectionError,
  ].some((away) => error instanceof away);
}
