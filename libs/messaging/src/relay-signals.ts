import { setTimeout as pause } from 'node:timers/promises';
import { BusAwayError } from './bus-away.error.ts';
import type { BusConnection } from './bus-connection.ts';
import { flushSubject, heartbeatSubject } from './topology/names.ts';

const FLUSH_TIMEOUT_MS = 3_000;
/** A leader that dies is followed by another replica within moments. */
const ASK_AGAIN_MS = 100;

/** What an outbox holds: events and commands leave it by separate passes. */
export type OutboxKind = 'event' | 'command';

export interface Relaying {
  /** Something of this kind was committed. */
  poked: (kind: OutboxKind) => void;
  /** Resolves true when all events committed before are sent. */
  flush: () => Promise<boolean>;
}

/** What the replicas of one service say to their leading relay, and what the relay says to guards: core NATS. */
export class RelaySignals {
  /** When it leads in this process, what is committed here needs no bus to tell it. */
  private leading: Relaying | undefined;

  constructor(
    private readonly connection: BusConnection,
    private readonly service: string,
  ) {}

  /** Tells guards that nothing is unsent. Not said while cut off: a buffered heartbeat would arrive as a lie. */
  heartbeat(): void {
    if (this.connection.connected) this.connection.nats.publish(heartbeatSubject(this.service));
  }

  /** Tells the leader that something was committed. */
  poke(kind: OutboxKind): void {
    if (this.leading) this.leading.poked(kind);
    else if (this.connection.connected) this.connection.nats.publish(flushSubject(this.service), kind);
  }

  /** Pokes and waits until the leader has sent all that was committed before; false when it could not. */
  async flush(): Promise<boolean> {
    const end = performance.now() + FLUSH_TIMEOUT_MS;
    for (;;) {
      const left = end - performance.now();
      const sent = this.leading ? await within(left, this.leading.flush()) : await this.askLeader(left);
      if (sent !== undefined || performance.now() + ASK_AGAIN_MS > end) return sent ?? false;
      await pause(ASK_AGAIN_MS);
    }
  }

  /** Undefined when there is no leader at this moment. */
  private async askLeader(timeout: number): Promise<boolean | undefined> {
    const { service } = this;
    try {
      const question = { subject: flushSubject(service), answerer: service, payload: '', timeoutMs: timeout };
      return (await this.connection.request(question)).string() === 'sent';
    } catch (error) {
      if (!(error instanceof BusAwayError)) throw error;
      return error.reason === 'no_responders' ? undefined : false;
    }
  }

  /** Called in the leader, which is told from here on what this process and the others commit. */
  lead(relaying: Relaying): { stop: () => void } {
    this.leading = relaying;
    const subscription = this.connection.nats.subscribe(flushSubject(this.service), {
      callback: (_error, message) => {
        if (message.reply) void relaying.flush().then((sent) => message.respond(sent ? 'sent' : 'failed'));
        else relaying.poked(message.string() === 'command' ? 'command' : 'event');
      },
    });
    const stop = () => {
      this.leading = undefined;
      subscription.unsubscribe();
    };
    return { stop };
  }
}

/** False when it takes longer than so many milliseconds. */
async function within(milliseconds: number, work: Promise<boolean>): Promise<boolean> {
  const over = new AbortController();
  try {
    return await Promise.race([work, pause(milliseconds, false, { signal: over.signal })]);
  } finally {
    over.abort();
  }
}
