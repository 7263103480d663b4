import type { AccessSubscription } from '@valetkey/access-events';
import { EventSubscriber } from '@valetkey/outbox';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RecordEvents } from './record-events.ts';

/** Keeps every access event there is. */
@Injectable()
export class RecordEventsConsumer implements OnApplicationBootstrap, OnModuleDestroy {
  private subscription?: AccessSubscription;

  constructor(
    private readonly subscriber: EventSubscriber,
    private readonly trail: RecordEvents,
  ) {}

  onApplicationBootstrap(): void {
    this.subscription = this.subscriber.follow('audit', (events, places) => this.trail.record(events, places));
  }

  async onModuleDestroy(): Promise<void> {
    await this.subscription?.stop();
  }
}
