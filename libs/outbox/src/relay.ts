import { Bus, EventStream, RelaySignals } from '@valetkey/messaging';
import { Clock, Logger, Metrics, pause } from '@valetkey/observability';
import { EntityManager } from '@mikro-orm/postgresql';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { forgetOldRows } from './forget-old-rows.ts';
import { standForLeadership } from './leadership.ts';
import { measureOutbox } from './measure-outbox.ts';
import { Passes } from './passes.ts';
import { sendCommands } from './send-commands.ts';
import { sendEvents } from './send-events.ts';

/** A guard trusts what it keeps for 2 s after a heartbeat. */
const HEARTBEAT_MS = 500;
/** Nobody waits for what a poke tells of, and passes cost less the more they send. */
const POKES_WAIT_MS = 5;
const HOUSEKEEPING_MS = 3_600_000;

/**
 * How the leader's connection works. Rows leave the index of what is unsent all the time: a walk through it in its order
 * clears what they leave, a bitmap scan goes through it at each pass again, and the planner cannot tell. A note that
 * something is sent may be lost with the server's power: it is sent again then, and the stream drops the double.
 */
const CONNECTION = 'SET enable_bitmapscan = off; SET enable_seqscan = off; SET synchronous_commit = off';

/** Sends what the outbox holds. One replica per database leads, the others stand by. */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stop = new AbortController();
  private work: Promise<void> = Promise.resolve();
  private tidiedAt = -Infinity;

  constructor(
    private readonly em: EntityManager,
    private readonly stream: EventStream,
    private readonly signals: RelaySignals,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    const report = (err: unknown) => this.logger.warn({ err }, 'standing for the relay failed, trying again');
    this.work = standForLeadership(
      this.em,
      this.stop.signal,
      (connection, lost) => this.lead(connection, lost),
      report,
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.work;
  }

  private async lead(connection: PoolClient, lost: AbortSignal): Promise<void> {
    await connection.query(CONNECTION);
    // One at a time, as a connection takes them.
    const events = new Passes(() => this.sendAllEvents(connection));
    const commands = new Passes(() => this.sendAllCommands());
    // Once the lead is lost the connection is another's.
    const soon = (passes: Passes) => gathering(POKES_WAIT_MS, () => void (lost.aborted || passes.run()));
    const poked = { event: soon(events), command: soon(commands) };
    const relaying = this.signals.lead({ poked: (kind) => poked[kind](), flush: () => events.run() });
    try {
      while (!lost.aborted) {
        void commands.run();
        // Only a pass that found nothing left unsent may say so.
        if ((await events.run()) && !lost.aborted) this.signals.heartbeat();
        await this.tidy();
        await pause(HEARTBEAT_MS, lost);
      }
    } finally {
      relaying.stop();
      await Promise.allSettled([events.run(), commands.run()]);
    }
  }

  private async sendAllEvents(connection: PoolClient): Promise<boolean> {
    try {
      for (;;) {
        const { sent, more, error } = await sendEvents(connection, this.stream, this.clock.now());
        this.metrics.outboxPublished.inc(sent);
        if (error) return this.postpone(error);
        if (!more) return true;
      }
    } catch (error) {
      return this.postpone(error);
    }
  }

  private postpone(err: unknown): false {
    this.logger.warn({ err }, 'events stay unsent for now');
    return false;
  }

  private async sendAllCommands(): Promise<boolean> {
    try {
      for (;;) {
        const { more, failures } = await sendCommands(this.em.fork(), this.bus, this.clock.now());
        if (failures.length > 0) this.logger.warn({ failures }, 'commands will be delivered later');
        if (!more || failures.length > 0) return failures.length === 0;
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'commands stay undelivered for now');
      return false;
    }
  }

  private async tidy(): Promise<void> {
    try {
      await measureOutbox(this.em.fork(), this.metrics, this.clock.now());
      if (performance.now() - this.tidiedAt < HOUSEKEEPING_MS) return;
      await forgetOldRows(this.em.fork(), this.clock.now());
      this.tidiedAt = performance.now();
    } catch (error) {
      this.logger.warn({ err: error }, 'housekeeping of the outbox failed');
    }
  }
}

/** Runs work once for all calls within so many milliseconds of the first. */
function gathering(milliseconds: number, work: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      work();
    }, milliseconds);
  };
}
