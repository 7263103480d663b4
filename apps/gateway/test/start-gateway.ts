import { readConfig } from '@valetkey/config';
import {
  type AccessDecision,
  type Contract,
  type CredentialState,
  hasTwoFactor,
  recordUses,
  resolveAccess,
  listAccountSessions,
  type ServiceName,
  Standing,
  verifyCredentials,
  verifyResourceServer,
} from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { BusConnection, BusServer, RelaySignals } from '@valetkey/messaging';
import { Clock, createLogger, Metrics, TestClock } from '@valetkey/observability';
import { startTestBus, testPassword } from '@valetkey/testing';
import { Test, type TestingModule } from '@nestjs/testing';
import type { FastifyInstance } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { gatewayConfig } from '../src/gateway.config.ts';
import { GatewayModule } from '../src/gateway.module.ts';
import { HttpServer } from '../src/http/http-server.ts';

/** Of what is asked of the stand-ins, that which they look at. */
const Asked = z.object({
  hashes: z.array(z.string()).default([]),
  standings: z.array(Standing).default([]),
  uses: z.array(z.unknown()).default([]),
  keyUses: z.array(z.unknown()).default([]),
  userIds: z.array(z.string()).default([]),
});
type Asked = z.infer<typeof Asked>;

/** A gateway on a real bus, at which stand-ins answer for tokens and tenancy. */
export interface TestGateway {
  fastify: FastifyInstance;
  module: TestingModule;
  clock: TestClock;
  metrics: Metrics;
  /** A live session's secret; what it is like may be changed in `states`. */
  secret: string;
  /** What tokens would answer, by the hash of the secret. */
  states: Map<string, CredentialState>;
  /** Ids of users who may stand nowhere, and of scopes that are gone. */
  strangers: Set<string>;
  /** Ids of users whom their account's policy binds to two-factor, and of those who have it on. */
  bound: Set<string>;
  enrolled: Set<string>;
  /** `Basic` credentials of a resource server. */
  authorization: string;
  /** What was asked of each stand-in, in order. */
  asked: { contract: Contract; input: Asked }[];
  /** Every service says that nothing of its is unsent. */
  beat(): void;
  stop(): Promise<void>;
}

/** @param variables Of its environment, over what it needs to start. */
export async function startGateway(variables: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
  const bus = await startTestBus();
  const clock = new TestClock(new Date('2026-03-01T12:00:00Z'));
  const accountId = uuidv7();
  const secret = makeSecret('vks');
  const states = new Map([[hashSecret(secret), sessionIn(accountId)]]);
  const [strangers, bound, enrolled] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const asked: TestGateway['asked'] = [];
  const connections: BusConnection[] = [];
  const signals: RelaySignals[] = [];
  const standIn = async (service: ServiceName, answers: [Contract, (input: Asked) => unknown][] = []) => {
    const user = { servers: [bus.nats.url], user: service, password: testPassword(service), name: service };
    const connection = await BusConnection.open(user);
    const handlings = answers.map(([contract, answer]) => ({
      contract,
      handle: async (given: unknown) => {
        const input = Asked.parse(given);
        asked.push({ contract, input });
        return answer(input);
      },
    }));
    const logger = createLogger({ service, level: 'fatal', format: 'json' });
    await new BusServer(connection, service, handlings, logger, new Metrics()).listen();
    connections.push(connection);
    signals.push(new RelaySignals(connection, service));
  };
  await standIn('identity', [[hasTwoFactor, ({ userIds }) => ({ enrolled: userIds.map((id) => enrolled.has(id)) })]]);
  await standIn('tenancy', [
    [
      resolveAccess,
      ({ standings }) => ({
        decisions: standings.map(({ holder }) => {
          const id = 'userId' in holder ? holder.userId : holder.grant.scope.id;
          if (strangers.has(id)) return null;
          return { ...decisionIn(accountId), ...(bound.has(id) && { twoFactorRequired: true }) };
        }),
      }),
    ],
  ]);
  await standIn('tokens', [
    [verifyCredentials, ({ hashes }) => ({ credentials: hashes.map((hash) => states.get(hash) ?? null) })],
    [listAccountSessions, () => ({ items: [...states.values()], nextCursor: null })],
    [verifyResourceServer, () => ({ valid: true })],
    [recordUses, () => ({})],
  ]);
  const environment = {
    ...bus.environmentOf('gateway'),
    LOG_LEVEL: 'fatal',
    PORT: '0',
    HOST: '127.0.0.1',
    DIGEST_KEY: Buffer.alloc(32).toString('base64url'),
    ...variables,
  };
  const module = await Test.createTestingModule({
    imports: [GatewayModule.forRoot(readConfig(gatewayConfig, environment))],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  await module.init();
  return {
    fastify: module.get(HttpServer).fastify,
    module,
    clock,
    metrics: module.get(Metrics),
    secret,
    states,
    strangers,
    bound,
    enrolled,
    authorization: `Basic ${btoa(`${uuidv7()}:${makeSecret('vkx')}`)}`,
    asked,
    beat: () => signals.forEach((signal) => signal.heartbeat()),
    stop: async () => {
      await module.close();
      await Promise.all(connections.map((connection) => connection.close()));
      await bus.nats.stop();
    },
  };
}

function sessionIn(accountId: string): CredentialState {
  const times = { createdAt: '2026-03-01T11:00:00Z', lastSeenAt: '2026-03-01T11:59:00Z' };
  return {
    id: uuidv7(),
    kind: 'portal',
    subject: { type: 'user', id: uuidv7(), name: 'Ada Owner' },
    accountId,
    operator: false,
    allowedCidrs: [],
    ...times,
    idleExpiresAt: '2026-03-01T12:30:00Z',
    expiresAt: '2026-03-02T00:00:00Z',
    idleSeconds: 1800,
    address: '203.0.113.7',
    userAgent: 'jest',
  };
}

function decisionIn(id: string): AccessDecision {
  const scope = { type: 'account', id } as const;
  return {
    account: { id, name: 'Harbour Cranes' },
    role: 'owner',
    scope,
    grants: [{ scope, role: 'owner' }],
    permissions: ['devices.view'],
    modules: ['login_tokens', 'access_links'],
  };
}
