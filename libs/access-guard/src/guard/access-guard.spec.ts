import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AccessEventsConnection, closeAccessEvents, connectAccessEvents } from '@valetkey/access-events';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import { accessKeyDeleted, loginTokenDeleted, membershipGranted, sessionEnded } from '@valetkey/contracts';
import { startTestBus, type TestBus, testPassword } from '@valetkey/testing';
import { waitUntil } from '@valetkey/testing/stack';
import { type GuardTime, systemTime } from '../guard-time.ts';
import type { ActiveIntrospection } from '../introspection/introspection.ts';
import { IntrospectionFailedError } from '../introspection/introspection-failed.error.ts';
import { GatewayStandIn, ManualTime, RelayStandIns } from '../testing/index.ts';
import type { AccessGuard } from './access-guard.ts';
import { createAccessGuard } from './create-access-guard.ts';

const [account, session, loginToken] = [randomUUID(), randomUUID(), randomUUID()];
const inactive = { active: false };

let bus: TestBus;
let gateway: GatewayStandIn;
let relays: RelayStandIns;
let devices: AccessEventsConnection;
const time = new ManualTime();
/** The wall clock moves, and heartbeats do not age. */
const ageless: GuardTime = { wall: () => time.wall(), monotonic: () => 0, after: (ms, then) => time.after(ms, then) };
const cleanUp: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  bus = await startTestBus();
  gateway = await GatewayStandIn.start();
  cleanUp.push(
    async () => bus.nats.stop(),
    () => gateway.stop(),
  );
  devices = await connectAs('devices');
  relays = await standInForRelays();
});

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function connectAs(user: string): Promise<AccessEventsConnection> {
  const connection = await connectAccessEvents({
    servers: bus.nats.url,
    user,
    password: testPassword(user),
    name: user,
  });
  cleanUp.push(() => closeAccessEvents(connection));
  return connection;
}

async function standInForRelays(): Promise<RelayStandIns> {
  const [identity, tenancy, tokens] = await Promise.all(['identity', 'tenancy', 'tokens'].map(connectAs));
  if (!identity || !tenancy || !tokens) throw new Error('a relay is missing');
  return new RelayStandIns({ identity, tenancy, tokens }, devices);
}

async function startGuard(guardTime: GuardTime = ageless): Promise<AccessGuard> {
  const options = { gatewayUrl: gateway.url, clientId: 'devices', clientSecret: 'vkx: 100%' };
  const guard = createAccessGuard({ ...options, connection: devices, time: guardTime });
  cleanUp.push(async () => guard.close());
  await relays.earnTrust(guard);
  return guard;
}

/** A live session of a login token, in the gateway. */
function lend(token: string, change: Partial<ActiveIntrospection> = {}): ActiveIntrospection {
  const introspection: ActiveIntrospection = {
    active: true,
    token_type: 'session',
    kind: 'login_token',
    sub: `login-token:${loginToken}`,
    sid: session,
    account_id: account,
    scope_type: 'account',
    scope_id: account,
    role: 'viewer',
    scope: 'devices.view',
    iat: time.wall() / 1_000,
    exp: time.wall() / 1_000 + 3_600,
    ...change,
  };
  gateway.answers.set(token, introspection);
  return introspection;
}

const endOf = (subject: string) =>
  makeAccessEvent(sessionEnded, {
    subject,
    accountid: account,
    data: { kind: 'login_token', subject: { type: 'login-token', id: loginToken }, reason: 'ended-by-owner' },
  });

const granted = makeAccessEvent(membershipGranted, {
  accountid: account,
  data: {
    userId: randomUUID(),
    scope: { type: 'account', id: account },
    role: 'owner',
    scopeName: 'Acme',
    accountName: 'Acme',
    changes: [],
  },
});

describe('A guard', () => {
  it('asks about a credential once, in its own name, past what the gateway keeps', async () => {
    const guard = await startGuard();
    const answer = lend('vks_1');
    expect(await guard.verify('vks_1', { clientAddress: '203.0.113.7' })).toEqual(answer);
    expect(await guard.verify('vks_1', { clientAddress: '203.0.113.7' })).toEqual(answer);
    expect(gateway.asked).toEqual([
      {
        token: 'vks_1',
        clientAddress: '203.0.113.7',
        authorization: `Basic ${Buffer.from('devices:vkx%3A+100%25').toString('base64')}`,
        cacheControl: 'no-cache',
      },
    ]);
  });

  it.each([
    ['the session', 'tokens', endOf(session)],
    ['its login token', 'tokens', makeAccessEvent(loginTokenDeleted, { subject: loginToken, data: { name: 'Visit' } })],
    ['a membership in its account', 'tenancy', granted],
  ] as const)('asks again after an event of %s', async (_what, service, event) => {
    const guard = await startGuard();
    lend('vks_1');
    await guard.verify('vks_1');
    gateway.answers.delete('vks_1');
    await relays.tell(service, event);
    expect(await guard.verify('vks_1')).toEqual(inactive);
  });

  it('asks again about who stands in no account when anything changes in one, which may let them stand there', async () => {
    const guard = await startGuard();
    const none = undefined;
    lend('vks_1', { account_id: none, scope_type: none, scope_id: none, role: none, scope: '' });
    await guard.verify('vks_1');
    const answer = lend('vks_1');
    await relays.tell('tenancy', granted);
    expect(await guard.verify('vks_1')).toEqual(answer);
  });

  it('keeps an access key that never ends for a minute, and lets go of it when it is deleted', async () => {
    const guard = await startGuard();
    const [id, never] = [randomUUID(), undefined];
    lend('vkk_1', { token_type: 'access_key', kind: 'access_key', sub: `access-key:${id}`, sid: never, exp: never });
    await guard.verify('vkk_1');
    time.advance(59_999);
    await guard.verify('vkk_1');
    expect(gateway.asked).toHaveLength(1);
    time.advance(1);
    await guard.verify('vkk_1');
    expect(gateway.asked).toHaveLength(2);
    gateway.answers.delete('vkk_1');
    const data = { name: 'CI' };
    await relays.tell('tokens', makeAccessEvent(accessKeyDeleted, { subject: id, accountid: account, data }));
    expect(await guard.verify('vkk_1')).toEqual(inactive);
  });

  it('does not ask again after an event of another session', async () => {
    const guard = await startGuard();
    lend('vks_1');
    await guard.verify('vks_1');
    await relays.tell('tokens', endOf(randomUUID()));
    await guard.verify('vks_1');
    expect(gateway.asked).toHaveLength(1);
  });

  it('does not believe an answer that was under way while an event ended it', async () => {
    const guard = await startGuard();
    lend('vks_1');
    gateway.beforeAnswering = async () => {
      gateway.beforeAnswering = async () => undefined;
      gateway.answers.delete('vks_1');
      await relays.tell('tokens', endOf(session));
    };
    expect(await guard.verify('vks_1')).toEqual(inactive);
    expect(gateway.asked).toHaveLength(2);
  });

  it('never keeps that a credential is unknown', async () => {
    const guard = await startGuard();
    expect(await guard.verify('vks_1')).toEqual(inactive);
    const answer = lend('vks_1');
    expect(await guard.verify('vks_1')).toEqual(answer);
  });

  it.each([
    ['each minute of use', 60_000, 3_600],
    ['once the idle end has passed', 20_000, 20],
  ])('asks again %s', async (_when, milliseconds, livesForSeconds) => {
    const guard = await startGuard();
    lend('vks_1', { exp: time.wall() / 1_000 + livesForSeconds });
    await guard.verify('vks_1');
    time.advance(milliseconds - 1);
    await guard.verify('vks_1');
    expect(gateway.asked).toHaveLength(1);
    time.advance(1);
    await guard.verify('vks_1');
    expect(gateway.asked).toHaveLength(2);
  });

  it('checks each client’s address against the allowed ones', async () => {
    const guard = await startGuard();
    lend('vks_1', { allowed_cidrs: ['203.0.113.0/24'] });
    expect(await guard.verify('vks_1', { clientAddress: '203.0.113.7' })).toMatchObject({ active: true });
    expect(await guard.verify('vks_1', { clientAddress: '198.51.100.1' })).toEqual(inactive);
    expect(await guard.verify('vks_1')).toEqual(inactive);
    expect(gateway.asked).toHaveLength(1);
  });

  it('gives nobody the refusal of another address that asked at the same time', async () => {
    const guard = await startGuard();
    gateway.beforeAnswering = async () => {
      gateway.beforeAnswering = async () => undefined;
      lend('vks_1', { allowed_cidrs: ['203.0.113.0/24'] });
    };
    const [outside, inside] = await Promise.all([
      guard.verify('vks_1', { clientAddress: '198.51.100.1' }),
      guard.verify('vks_1', { clientAddress: '203.0.113.7' }),
    ]);
    expect(outside).toEqual(inactive);
    expect(inside).toMatchObject({ active: true });
  });
});

describe('A guard that cannot ask refuses', () => {
  it.each([
    ['the gateway fails', () => (gateway.failWith = 503)],
    ['its own credentials are refused', () => (gateway.failWith = 401)],
    ['the answer is none', () => gateway.answers.set('vks_1', { active: true })],
  ])('when %s', async (_when, breakIt) => {
    const guard = await startGuard();
    lend('vks_1');
    breakIt();
    await expect(guard.verify('vks_1')).rejects.toThrow(IntrospectionFailedError);
  });
});

describe('A guard that may have missed something', () => {
  it('asks each time from the moment the bus is gone, until it follows again', async () => {
    const guard = await startGuard();
    lend('vks_1');
    await guard.verify('vks_1');
    process.kill(bus.nats.pid, 'SIGKILL');
    const lost = await waitUntil(async () => !guard.trusted || undefined, { timeoutMs: 300, everyMs: 1 });
    expect(lost).toBe(true);
    await guard.verify('vks_1');
    await guard.verify('vks_1');
    expect(gateway.asked).toHaveLength(3);

    await bus.nats.exited;
    bus = await startTestBus({ port: Number(new URL(bus.nats.url).port) });
    await waitUntil(
      () =>
        devices
          .flush()
          .then(() => true)
          .catch(() => undefined),
      { timeoutMs: 10_000 },
    );
    relays = await standInForRelays();
    await relays.earnTrust(guard);
    await guard.verify('vks_1');
    await guard.verify('vks_1');
    expect(gateway.asked).toHaveLength(4);
  });

  it('trusts nothing within 2 s of a silent cut', async () => {
    const guard = await startGuard(systemTime);
    const cutAt = performance.now();
    process.kill(bus.nats.pid, 'SIGSTOP');
    try {
      await waitUntil(async () => !guard.trusted || undefined, { timeoutMs: 5_000 });
      expect(performance.now() - cutAt).toBeLessThan(2_000);
    } finally {
      process.kill(bus.nats.pid, 'SIGCONT');
    }
  });

  it.each(['identity', 'tenancy', 'tokens'])('asks each time once %s has been silent for 2 s', async (silent) => {
    const guard = await startGuard(time);
    lend('vks_1');
    await guard.verify('vks_1');
    const others = ['identity', 'tenancy', 'tokens'].filter((service) => service !== silent);
    for (let beats = 0; beats < 4; beats += 1) {
      expect(guard.trusted).toBe(true);
      time.advance(500);
      await relays.beat(others);
    }
    expect(guard.trusted).toBe(false);
    await guard.verify('vks_1');
    await guard.verify('vks_1');
    expect(gateway.asked).toHaveLength(3);
  });
});
