import type { AccessSubscription } from '@valetkey/access-events';
import { EventSubscriber } from '@valetkey/outbox';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { TellEvents } from './tell-events.ts';

/** As the platform's set-up makes them: each follows one kind of events, so that none waits for another. */
export const DURABLES = [
  'notifications-access-key',
  'notifications-account',
  'notifications-expiring',
  'notifications-invitation',
  'notifications-membership',
  'notifications-user',
] as const;

/** Follows what is worth telling. While identity or tenancy is away events wait, and none is parked for it. */
@Injectable()
export class TellEventsConsumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private subscriptions: AccessSubscription[] = [];

  constructor(
    private readonly subscriber: EventSubscriber,
    private readonly events: TellEvents,
  ) {}

  onApplicationBootstrap(): void {
    this.subscriptions = DURABLES.map((durable) =>
      this.subscriber.follow(durable, (events) => this.events.handle(events)),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.subscriptions.map(async (subscription) => subscription.stop()));
  }
}
