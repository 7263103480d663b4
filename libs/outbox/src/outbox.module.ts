import { type DynamicModule, Module } from '@nestjs/common';
import type { ServiceName } from '@valetkey/contracts';
import { Outbox } from './outbox.ts';
import { Relay } from './relay.ts';
import { SERVICE_NAME } from './service-name.ts';

/** Events in the transaction of the change, and the relay that sends them. */
@Module({})
export class OutboxModule {
  static forService(service: ServiceName): DynamicModule {
    return {
      module: OutboxModule,
      global: true,
      providers: [{ provide: SERVICE_NAME, useValue: service }, Outbox, Relay],
      exports: [Outbox],
    };
  }
}
