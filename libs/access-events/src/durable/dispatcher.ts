import { setTimeout as pause } from 'node:timers/promises';
import { type AccessEvent, decodeAccessEvent } from '../access-event.ts';
import { asError } from '../as-error.ts';
import { UndecodableEventError } from '../undecodable-event.error.ts';
import type { BatchHandler, Handled } from './batch-handler.ts';
import type { Delivery } from './delivery.ts';
import type { Parking } from './parking.ts';
import type { SubscriberObserver } from './subscriber-observer.ts';

interface Received {
  delivery: Delivery;
  event: AccessEvent;
}

export interface DispatcherOptions {
  handle: BatchHandler;
  parking: Parking;
  /** Milliseconds before each further try. After the last one the event is parked. */
  retryDelaysMs: readonly number[];
  /** An error that is no fault of the events: their batch is held until it is over. */
  isOutage: (error: Error) => boolean;
  /** Ends the waiting for the end of an outage. */
  stop: AbortSignal;
  observer: SubscriberObserver;
}

/** Before parking is tried again, where there are no retries to take the delay from. */
const UNPARKED_DELAY_MS = 60_000;
const OUTAGE_PAUSE_MS = 1_000;

/** Brings deliveries to their end: each is acknowledged, to come again, or parked. Nothing is dropped. */
export class Dispatcher {
  constructor(private readonly options: DispatcherOptions) {}

  async dispatch(deliveries: readonly Delivery[]): Promise<void> {
    const received = await this.decodeAll(deliveries);
    // One that failed before would fail its whole batch, again and again.
    const again = received.filter(({ delivery }) => delivery.attempt > 1);
    const fresh = received.filter(({ delivery }) => delivery.attempt === 1);
    for (const one of again) await this.handleOne(one);
    await this.handleTogether(fresh);
  }

  private async decodeAll(deliveries: readonly Delivery[]): Promise<Received[]> {
    const received: Received[] = [];
    for (const delivery of deliveries) {
      try {
        received.push({ delivery, event: decodeAccessEvent(delivery.bytes) });
      } catch (error) {
        await this.fail(delivery, asError(error));
      }
    }
    return received;
  }

  /** When the batch fails its events are tried singly; those that fail again tell why. */
  private async handleTogether(batch: readonly Received[]): Promise<void> {
    const outcome = batch.length > 1 ? await this.attempt(batch) : undefined;
    if (outcome && !(outcome instanceof Error)) this.succeed(batch, outcome);
    else for (const one of batch) await this.handleOne(one);
  }

  private async handleOne(one: Received): Promise<void> {
    const outcome = await this.attempt([one]);
    if (outcome instanceof Error) await this.fail(one.delivery, outcome);
    else this.succeed([one], outcome);
  }

  private async attempt(batch: readonly Received[]): Promise<Handled | Error> {
    const { isOutage, stop, observer } = this.options;
    for (;;) {
      const outcome = await this.attemptOnce(batch);
      if (!(outcome instanceof Error) || stop.aborted || !isOutage(outcome)) return outcome;
      observer.stalled?.(outcome.message);
      await pause(OUTAGE_PAUSE_MS, undefined, { signal: stop }).catch(() => undefined); // stopped: this try was the last
    }
  }

  private async attemptOnce(batch: readonly Received[]): Promise<Handled | Error> {
    try {
      const places = batch.map(({ delivery }) => delivery.sequence);
      const events = batch.map(({ event }) => event);
      return (await this.options.handle(events, places)) ?? { duplicates: 0 };
    } catch (error) {
      return asError(error);
    }
  }

  private succeed(batch: readonly Received[], { duplicates }: Handled): void {
    for (const { delivery } of batch) delivery.acknowledge();
    const { observer } = this.options;
    if (duplicates > 0) observer.duplicate?.(duplicates);
    if (duplicates < batch.length) observer.handled?.(batch.length - duplicates);
  }

  private async fail(delivery: Delivery, error: Error): Promise<void> {
    const delayMs = this.options.retryDelaysMs[delivery.attempt - 1];
    if (delayMs === undefined || error instanceof UndecodableEventError) await this.park(delivery, error);
    else this.retry(delivery, error, delayMs);
  }

  private retry(delivery: Delivery, error: Error, delayMs: number): void {
    delivery.giveBack(delayMs);
    this.options.observer.retried?.({ subject: delivery.subject, error, attempts: delivery.attempt }, delayMs);
  }

  private async park(delivery: Delivery, error: Error): Promise<void> {
    const { parking, observer, retryDelaysMs } = this.options;
    try {
      await parking.park(delivery, error);
    } catch (cause) {
      this.retry(delivery, new Error('it could not be parked', { cause }), retryDelaysMs.at(-1) ?? UNPARKED_DELAY_MS);
      return;
    }
    delivery.acknowledge();
    observer.parked?.({ subject: delivery.subject, error, attempts: delivery.attempt });
  }
}
