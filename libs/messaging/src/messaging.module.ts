import { type ServiceName } from '@valetkey/contracts';
import { Health, Logger, Metrics } from '@valetkey/observability';
import {
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Bus, type BusPrefix } from './bus.ts';
import { BusConnection } from './bus-connection.ts';
import { BusServer } from './bus-server.ts';
import { EventStream } from './event-stream.ts';
import { findHandlings } from './find-handlings.ts';
import { RelaySignals } from './relay-signals.ts';

export interface MessagingOptions {
  servers: readonly string[];
  user: string;
  password: string;
  /** Whether what a handler threw says that its store is away: that is answered with `unavailable`. */
  isOutage?: (error: unknown) => boolean;
}

const SERVICE = Symbol('valetkey:service');
const OPTIONS = Symbol('valetkey:messaging-options');

/** Listens once everything is migrated and ready; on shutdown drains first, and closes the connection last. */
@Injectable()
class ServeBus implements OnApplicationBootstrap, OnModuleDestroy {
  private server?: BusServer;

  constructor(
    private readonly connection: BusConnection,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    @Inject(SERVICE) private readonly service: ServiceName,
    @Inject(OPTIONS) private readonly options: MessagingOptions,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const handlings = findHandlings(this.discovery, this.scanner, this.service);
    const { connection, service, logger, metrics, options } = this;
    this.server = new BusServer(connection, service, handlings, logger, metrics, options.isOutage);
    await this.server.listen();
  }

  async onModuleDestroy(): Promise<void> {
    await this.server?.drain();
  }
}

@Injectable()
class CloseBus implements OnApplicationShutdown {
  constructor(
    private readonly connection: BusConnection,
    health: Health,
  ) {
    health.register('nats', () => {
      if (!connection.connected) throw new Error('disconnected');
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}

/** The bus for a service (which also serves) or for the gateway (which only asks). */
@Module({})
export class MessagingModule {
  static forService(service: ServiceName, options: MessagingOptions): DynamicModule {
    return MessagingModule.with(options, `svc.${service}`, [
      { provide: SERVICE, useValue: service },
      { provide: OPTIONS, useValue: options },
      ServeBus,
      {
        provide: EventStream,
        inject: [BusConnection],
        useFactory: (connection: BusConnection) => new EventStream(connection),
      },
      {
        provide: RelaySignals,
        inject: [BusConnection],
        useFactory: (connection: BusConnection) => new RelaySignals(connection, service),
      },
    ]);
  }

  static forGateway(options: MessagingOptions): DynamicModule {
    return MessagingModule.with(options, 'gw', []);
  }

  private static with(
    options: MessagingOptions,
    prefix: BusPrefix,
    more: NonNullable<DynamicModule['providers']>,
  ): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: BusConnection, useFactory: () => BusConnection.open({ ...options, name: prefix }) },
        {
          provide: Bus,
          inject: [BusConnection, Metrics],
          useFactory: (connection: BusConnection, metrics: Metrics) => new Bus(connection, prefix, metrics),
        },
        CloseBus,
        ...more,
      ],
      exports: [BusConnection, Bus, ...(more.length > 0 ? [EventStream, RelaySignals] : [])],
    };
  }
}
