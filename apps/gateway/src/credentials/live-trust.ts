import {
  type AccessEventsConnection,
  closeAccessEvents,
  connectAccessEvents,
  followLive,
} from '@valetkey/access-events';
import { EventDrivenCache, LiveTrust as Trust } from '@valetkey/access-guard';
import { Clock, Health, Metrics } from '@valetkey/observability';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../gateway-config.token.ts';
import type { GatewayConfig } from '../gateway.config.ts';

/**
 * Of each kind. An answer takes 1 to 2 KB, so that all kinds full are some 70 MB, and an answer on a credential lasts a
 * minute: with more credentials in use in every minute than this, those least used are asked about more often.
 */
const MAX_KEPT = 20_000;

/** Whether what the gateway keeps may be believed: it follows all access events on a connection of their own. */
@Injectable()
export class LiveTrust implements OnModuleInit, OnApplicationShutdown {
  private readonly trust = new Trust();
  private connection?: AccessEventsConnection;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    health: Health,
  ) {
    metrics.tellTrust(() => this.trust.holds());
    health.register('access-events', () => {
      if (!this.trust.holds()) throw new Error('access events are not heard');
    });
  }

  async onModuleInit(): Promise<void> {
    const { NATS_URL, NATS_USER: user, NATS_PASSWORD: password } = this.config;
    this.connection = await connectAccessEvents({ servers: [...NATS_URL], user, password, name: 'gateway-guard' });
    followLive(this.connection, this.trust);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.connection) await closeAccessEvents(this.connection);
  }

  /** What is kept under this name until an event touches it. */
  cache<Answer>(name: string): EventDrivenCache<Answer> {
    return new EventDrivenCache<Answer>({
      trust: this.trust,
      limit: MAX_KEPT,
      // The same time that says when an answer ends.
      time: { wall: () => this.clock.now().getTime() },
      observe: this.metrics.lookUpsIn(name),
    });
  }

  /** Forgets what these tags touch, before the events that say so arrive. */
  drop(tags: readonly string[]): void {
    if (tags.length > 0) this.trust.drop(tags);
  }
}
