import { type AccessSubscription, once } from '@valetkey/access-events';
import { Clock } from '@valetkey/observability';
import { EventSubscriber } from '@valetkey/outbox';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { appendEvents } from './append-events.ts';
import { keepNames } from './keep-names.ts';
import { trailInbox } from './trail-inbox.ts';

/** Keeps every access event there is. */
@Injectable()
export class RecordEventsConsumer implements OnApplicationBootstrap, OnModuleDestroy {
  private subscription?: AccessSubscription;

  constructor(
    private readonly em: EntityManager,
    private readonly subscriber: EventSubscriber,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const record = once(trailInbox(this.em, this.clock), async (events, em) => {
      await appendEvents(em, events);
      await keepNames(em, events);
    });
    this.subscription = this.subscriber.follow('audit', record);
  }

  async onModuleDestroy(): Promise<void> {
    await this.subscription?.stop();
  }
}
