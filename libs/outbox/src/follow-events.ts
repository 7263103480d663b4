import type { AccessSubscription, BatchHandler } from '@valetkey/access-events';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, Provider, Type } from '@nestjs/common';
import { EventSubscriber } from './event-subscriber.ts';

/** Gives events their effect; at least once each, so the effect must come to the same. */
export interface EventsApplier {
  readonly apply: BatchHandler;
}

class Follower implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private subscription?: AccessSubscription;

  constructor(
    private readonly subscriber: EventSubscriber,
    private readonly durable: string,
    private readonly applier: EventsApplier,
  ) {}

  onApplicationBootstrap(): void {
    this.subscription = this.subscriber.follow(this.durable, (...batch) => this.applier.apply(...batch));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.subscription?.stop();
  }
}

/** Providers: an applier that gets the events of a durable, one of the platform's own, while the service runs. */
export function followEvents(durable: string, applier: Type<EventsApplier>): Provider[] {
  return [
    applier,
    {
      provide: Symbol(`events:${durable}`),
      inject: [EventSubscriber, applier],
      useFactory: (subscriber: EventSubscriber, given: EventsApplier) => new Follower(subscriber, durable, given),
    },
  ];
}
