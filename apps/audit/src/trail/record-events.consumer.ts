import { type AccessSubscription, once, subscribe, type SubscriberObserver } from '@valetkey/access-events';
import { BusConnection } from '@valetkey/messaging';
import { Clock, Logger, Metrics } from '@valetkey/observability';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { appendEvents } from './append-events.ts';
import { keepNames } from './keep-names.ts';
import { trailInbox } from './trail-inbox.ts';

const durable = 'audit';

/** Keeps every access event there is. */
@Injectable()
export class RecordEventsConsumer implements OnApplicationBootstrap, OnModuleDestroy {
  private subscription?: AccessSubscription;

  constructor(
    private readonly em: EntityManager,
    private readonly connection: BusConnection,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.subscription = subscribe({
      connection: this.connection.nats,
      durable,
      handle: once(trailInbox(this.em, this.clock), async (events, em) => {
        await appendEvents(em, events);
        await keepNames(em, events);
      }),
      observer: this.observer(),
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.subscription?.stop();
  }

  private observer(): SubscriberObserver {
    const count = (outcome: string, by = 1) => this.metrics.consumerHandled.inc({ durable, outcome }, by);
    return {
      handled: (by) => count('handled', by),
      duplicate: (by) => count('duplicate', by),
      retried: ({ subject, error, attempts }, delayMs) => {
        count('retried');
        this.logger.warn({ err: error, subject, attempts, delayMs }, 'an event will be tried again');
      },
      parked: ({ subject, error, attempts }) => {
        count('parked');
        this.logger.error({ err: error, subject, attempts }, 'an event is parked: it is not in the trail');
      },
      stalled: (reason) => this.logger.warn({ reason }, 'no events can be fetched at present'),
    };
  }
}
