import {
  type AccessSubscription,
  type BatchHandler,
  subscribe,
  type SubscriberObserver,
} from '@valetkey/access-events';
import { Failure } from '@valetkey/contracts';
import { BusConnection, EarlyAnswer } from '@valetkey/messaging';
import { Logger, Metrics } from '@valetkey/observability';
import { isDatabaseAway } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';

/** Reads a durable of the service's own over its connection, counting and logging how its events fare. */
@Injectable()
export class EventSubscriber {
  constructor(
    private readonly connection: BusConnection,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  /** Hands every event of the durable to the handler, at least once, until stopped. */
  follow(durable: string, handle: BatchHandler): AccessSubscription {
    const observer = this.observe(durable);
    return subscribe({ connection: this.connection.nats, durable, handle, isOutage, observer });
  }

  private observe(durable: string): SubscriberObserver {
    const count = (outcome: string, by = 1) => this.metrics.consumerHandled.inc({ durable, outcome }, by);
    return {
      handled: (by) => count('handled', by),
      duplicate: (by) => count('duplicate', by),
      retried: ({ error, ...failed }, delayMs) => {
        count('retried');
        this.logger.warn({ err: error, durable, ...failed, delayMs }, 'an event will be tried again');
      },
      parked: ({ error, ...failed }) => {
        count('parked');
        this.logger.error({ err: error, durable, ...failed }, 'an event is parked: it had no effect');
      },
      stalled: (reason) => this.logger.warn({ durable, reason }, 'no events can be handled at present'),
    };
  }
}

/** No fault of an event: its handler's database, or another service that it asks, is away. */
function isOutage(error: Error): boolean {
  return isDatabaseAway(error) || (error instanceof EarlyAnswer && isUnavailable(error.answer));
}

function isUnavailable(answer: EarlyAnswer['answer']): boolean {
  return answer instanceof Failure && answer.code === 'unavailable';
}
