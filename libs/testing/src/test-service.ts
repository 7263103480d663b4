import {
  type Caller,
  type Contract,
  isFailure,
  ownerOf,
  type RequestContext,
  type ServiceName,
  serviceNames,
} from '@valetkey/contracts';
import { Bus, type BusConnection, BusServer, EarlyAnswer } from '@valetkey/messaging';
import { Clock, createLogger, Metrics, TestClock } from '@valetkey/observability';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { anyContext } from './any-context.ts';
import { startTestBus, type TestBus } from './test-bus.ts';
import { newTestDatabase } from './test-database.ts';

export interface TestServiceOptions {
  service: ServiceName;
  /** Makes the service's module from its environment: `(env) => TokensModule.forRoot(readConfig(tokensConfig, env))`. */
  module: (environment: Record<string, string>) => DynamicModule;
  environment?: Record<string, string>;
  /** Stands in for other services, on the real bus: what they answer to what this one asks. */
  neighbours?: { contract: Contract; answer: (input: never) => unknown }[];
}

/** One service with a database and a bus of its own. */
export interface TestService {
  app: INestApplicationContext;
  bus: TestBus;
  clock: TestClock;
  databaseUrl: string;
  /** Asks as the gateway does for a caller. */
  gateway: Bus;
  /** Asks in another service's name. */
  as(service: ServiceName): Promise<Bus>;
  /** A context as the gateway makes it; without a caller it is anonymous. */
  context(caller?: Caller, more?: Partial<RequestContext>): RequestContext;
  stop(): Promise<void>;
}

export async function startTestService(options: TestServiceOptions): Promise<TestService> {
  const [bus, databaseUrl] = await Promise.all([startTestBus(), newTestDatabase()]);
  const clock = new TestClock(new Date('2026-03-01T12:00:00Z'));
  const { neighbours = [] } = options;
  for (const owner of serviceNames.filter((name) => neighbours.some(({ contract }) => ownerOf(contract) === name))) {
    await serveNeighbour(await bus.connect(owner), owner, neighbours);
  }
  const environment = {
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: '10',
    LOG_LEVEL: 'fatal',
    ...bus.environmentOf(options.service),
    ...options.environment,
  };
  const testing = Test.createTestingModule({ imports: [options.module(environment)] });
  const app = await initialised(testing.overrideProvider(Clock).useValue(clock)).catch(async (error: unknown) => {
    await bus.stop();
    throw error;
  });
  const gateway = new Bus(await bus.connect('gateway'), 'gw', new Metrics());
  return {
    app,
    bus,
    clock,
    databaseUrl,
    gateway,
    as: async (service) => new Bus(await bus.connect(service), `svc.${service}`, new Metrics()),
    context: anyContext,
    stop: async () => {
      await app.close();
      await bus.stop();
    },
  };
}

async function initialised(testing: TestingModuleBuilder): Promise<INestApplicationContext> {
  const module = await testing.compile();
  return module.init();
}

async function serveNeighbour(
  connection: BusConnection,
  owner: ServiceName,
  all: NonNullable<TestServiceOptions['neighbours']>,
): Promise<void> {
  const handlings = all
    .filter(({ contract }) => ownerOf(contract) === owner)
    .map(({ contract, answer }) => ({ contract, handle: async (input: unknown) => answered(answer, input) }));
  const logger = createLogger({ service: owner, level: 'fatal', format: 'json' });
  await new BusServer(connection, owner, handlings, logger, new Metrics()).listen();
}

/** It may refuse in the platform's name too, as `unavailable`, which no contract declares. */
async function answered(answer: (input: never) => unknown, input: unknown): Promise<unknown> {
  // The dispatcher has parsed the input by the contract before it comes here.
  const given: unknown = await Reflect.apply(answer, undefined, [input]);
  if (isFailure(given)) throw new EarlyAnswer(given);
  return given;
}
