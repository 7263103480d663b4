import type { AccessSubscription } from '@valetkey/access-events';
import { EventSubscriber } from '@valetkey/outbox';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ApplyAccountEvents } from './apply-account-events.ts';

/** Follows the durable `tokens`, which the platform's set-up filters to the events of accounts. */
@Injectable()
export class AccountEventsConsumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private subscription?: AccessSubscription;

  constructor(
    private readonly subscriber: EventSubscriber,
    private readonly accounts: ApplyAccountEvents,
  ) {}

  onApplicationBootstrap(): void {
    this.subscription = this.subscriber.follow('tokens', (events) => this.accounts.apply(events));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.subscription?.stop();
  }
}
