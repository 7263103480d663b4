import {
  type Caller,
  type Contract,
  ownerOf,
  type RequestContext,
  type ServiceName,
  serviceNames,
} from '@valetkey/contracts';
import { Bus, BusConnection, BusServer } from '@valetkey/messaging';
import { Clock, createLogger, Metrics, TestClock } from '@valetkey/observability';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { v7 as uuidv7 } from 'uuid';
import { startTestBus, type TestBus, testPassword } from './test-bus.ts';
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

/** An owner's portal session in an account, to be varied by a test. */
export function anyCaller(change: Partial<Caller> = {}): Caller {
  const accountId = change.accountId ?? uuidv7();
  return {
    kind: 'portal',
    sessionId: uuidv7(),
    subject: { type: 'user', id: uuidv7(), name: 'Ada Owner' },
    accountId,
    grants: [{ scope: { type: 'account', id: accountId }, role: 'owner' }],
    modules: ['login_tokens'],
    operator: false,
    ...change,
  };
}

export async function startTestService(options: TestServiceOptions): Promise<TestService> {
  const [bus, databaseUrl] = await Promise.all([startTestBus(), newTestDatabase()]);
  const clock = new TestClock(new Date('2026-03-01T12:00:00Z'));
  const connections: BusConnection[] = [];
  const connect = async (user: string) => {
    const connection = await BusConnection.open({
      servers: [bus.nats.url],
      user,
      password: testPassword(user),
      name: user,
    });
    connections.push(connection);
    return connection;
  };
  const { neighbours = [] } = options;
  for (const owner of serviceNames.filter((name) => neighbours.some(({ contract }) => ownerOf(contract) === name))) {
    serveNeighbour(await connect(owner), owner, neighbours);
  }
  const environment = {
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: '10',
    LOG_LEVEL: 'fatal',
    ...bus.environmentOf(options.service),
    ...options.environment,
  };
  const disconnect = async () => {
    await Promise.all(connections.map(async (connection) => connection.close()));
    await bus.nats.stop();
  };
  const testing = Test.createTestingModule({ imports: [options.module(environment)] });
  const app = await initialised(testing.overrideProvider(Clock).useValue(clock)).catch(async (error: unknown) => {
    await disconnect();
    throw error;
  });
  const gateway = new Bus(await connect('gateway'), 'gw', new Metrics());
  return {
    app,
    bus,
    clock,
    databaseUrl,
    gateway,
    as: async (service) => new Bus(await connect(service), `svc.${service}`, new Metrics()),
    context: (caller, more) => ({
      requestId: uuidv7(),
      correlationId: uuidv7(),
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      address: '203.0.113.7',
      userAgent: 'jest',
      caller,
      ...more,
    }),
    stop: async () => {
      await app.close();
      await disconnect();
    },
  };
}

async function initialised(testing: TestingModuleBuilder): Promise<INestApplicationContext> {
  const module = await testing.compile();
  return module.init();
}

function serveNeighbour(
  connection: BusConnection,
  owner: ServiceName,
  all: NonNullable<TestServiceOptions['neighbours']>,
): void {
  const handlings = all
    .filter(({ contract }) => ownerOf(contract) === owner)
    // The dispatcher has parsed the input by the contract before it comes here.
    .map(({ contract, answer }) => ({
      contract,
      handle: async (input: unknown): Promise<unknown> => Reflect.apply(answer, undefined, [input]),
    }));
  const logger = createLogger({ service: owner, level: 'fatal', format: 'json' });
  new BusServer(connection, owner, handlings, logger, new Metrics()).listen();
}
