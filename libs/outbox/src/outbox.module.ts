import { type DynamicModule, Module } from '@nestjs/common';
import type { ServiceName } from '@valetkey/contracts';
import { EventSubscriber } from './event-subscriber.ts';
import { Outbox } from './outbox.ts';
import { Relay } from './relay.ts';
import { SERVICE_NAME } from './service-name.ts';

/** Events in the transaction of the change, the relay that sends them, and what reads those of others. */
@Module({})
export class OutboxModule {
  static forService(service: ServiceName): DynamicModule {
    return {
      module: OutboxModule,
      global: true,
      providers: [{ provide: SERVICE_NAME, useValue: service }, EventSubscriber, Outbox, Relay],
      exports: [EventSubscriber, Outbox],
    };
  }
}
