import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AccessEventsConnection, closeAccessEvents, connectAccessEvents } from '@valetkey/access-events';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import { accountUpdated, sessionEnded } from '@valetkey/contracts';
import { startTestBus, type TestBus, testPassword } from '@valetkey/testing';
import { waitUntil } from '@valetkey/testing/stack';
import type { GuardTime } from '../guard-time.ts';
import { GatewayStandIn, ManualTime, RelayStandIns } from '../testing/index.ts';
import type { AccessGuard, WatchedFrom } from './access-guard.ts';
import { createAccessGuard } from './create-access-guard.ts';
import type { EndOfAccess } from './watch.ts';

const [account, session] = [randomUUID(), randomUUID()];
const sessionOver = makeAccessEvent(sessionEnded, {
  subject: session,
  accountid: account,
  data: { kind: 'portal', subject: { type: 'user', id: 'ada' }, reason: 'signed-out' },
});
const accountRenamed = makeAccessEvent(accountUpdated, {
  subject: account,
  accountid: account,
  data: { name: 'Acme', changes: [], tokenSessionLimit: null },
});

let bus: TestBus;
let gateway: GatewayStandIn;
let relays: RelayStandIns;
let guard: AccessGuard;
let time: ManualTime;
let ends: EndOfAccess[];
const cleanUp: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  bus = await startTestBus();
  gateway = await GatewayStandIn.start();
  cleanUp.push(
    async () => bus.nats.stop(),
    () => gateway.stop(),
  );
  time = new ManualTime();
  ends = [];
  grant('');
});

/** What the gateway says of the credential from now on. */
function grant(scope: string): void {
  const live = {
    active: true,
    token_type: 'session',
    kind: 'portal',
    sub: 'user:ada',
    sid: session,
    account_id: account,
  };
  gateway.answers.set('vks_1', { ...live, scope, iat: time.wall() / 1_000, exp: time.wall() / 1_000 + 3_600 });
}

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

/** Heartbeats do not age while `ageless`. */
async function startGuard({ ageless }: { ageless: boolean }): Promise<void> {
  const connection = await connectAs('devices');
  const [identity, tenancy, tokens] = await Promise.all(['identity', 'tenancy', 'tokens'].map(connectAs));
  if (!identity || !tenancy || !tokens) throw new Error('a relay is missing');
  relays = new RelayStandIns({ identity, tenancy, tokens }, connection);
  const still: GuardTime = { wall: () => time.wall(), monotonic: () => 0, after: (ms, then) => time.after(ms, then) };
  const options = { gatewayUrl: gateway.url, clientId: 'devices', clientSecret: 'vkx', connection };
  guard = createAccessGuard({ ...options, time: ageless ? still : time });
  cleanUp.push(async () => guard.close());
  await relays.earnTrust(guard);
}

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

/** Opens a stream, and waits until its credential has been asked about. */
async function openStream(from?: WatchedFrom): Promise<() => void> {
  const close = guard.watch('vks_1', (end) => ends.push(end), from);
  await asked(1);
  return close;
}

/** Waits until the gateway has been asked so often and the watch waits for its next time; beside it waits trust. */
async function asked(times: number): Promise<void> {
  const resting = () => time.waiting === (guard.trusted ? 2 : 1);
  await waitUntil(async () => (gateway.asked.length >= times && resting()) || undefined, { timeoutMs: 5_000 });
  expect(gateway.asked).toHaveLength(times);
}

async function ended(): Promise<EndOfAccess | undefined> {
  await waitUntil(async () => ends.length > 0 || undefined, { timeoutMs: 5_000 });
  return ends[0];
}

describe('An open stream', () => {
  it('ends the moment an event ends its credential', async () => {
    await startGuard({ ageless: true });
    await openStream();
    gateway.answers.delete('vks_1');
    await relays.tell('tokens', sessionOver);
    expect(await ended()).toEqual({ reason: 'inactive' });
    await relays.tell('tokens', sessionOver);
    expect(ends).toHaveLength(1);
    expect(gateway.asked).toHaveLength(2);
  });

  it('stays when an event touches its credential and leaves it good', async () => {
    await startGuard({ ageless: true });
    await openStream();
    await relays.tell('tenancy', accountRenamed);
    await asked(2);
    expect(ends).toEqual([]);
  });

  it('ends at once when its credential never was good', async () => {
    await startGuard({ ageless: true });
    gateway.answers.delete('vks_1');
    guard.watch('vks_1', (end) => ends.push(end));
    expect(await ended()).toEqual({ reason: 'inactive' });
  });

  it('keeps its credential in use, asking each minute', async () => {
    await startGuard({ ageless: true });
    await openStream();
    for (const times of [2, 3]) {
      time.advance(59_999);
      expect(gateway.asked).toHaveLength(times - 1);
      time.advance(1);
      await asked(times);
    }
    gateway.answers.delete('vks_1');
    time.advance(60_000);
    expect(await ended()).toEqual({ reason: 'inactive' });
  });

  it('ends the moment its credential, good as it is, gives no longer what the stream needs', async () => {
    await startGuard({ ageless: true });
    grant('devices.view devices.manage');
    await openStream({ admits: ({ scope }) => scope.split(' ').includes('devices.view') });
    grant('devices.manage');
    await relays.tell('tenancy', accountRenamed);
    expect(await ended()).toMatchObject({ reason: 'refused', access: { scope: 'devices.manage' } });
  });

  it('ends when nobody can say whether its credential is good', async () => {
    await startGuard({ ageless: true });
    await openStream();
    gateway.failWith = 503;
    time.advance(60_000);
    expect(await ended()).toMatchObject({ reason: 'unverifiable', error: { name: 'IntrospectionFailedError' } });
  });

  it('ends although the event comes while it is being asked about', async () => {
    await startGuard({ ageless: true });
    await openStream();
    gateway.beforeAnswering = async () => {
      gateway.beforeAnswering = async () => undefined;
      gateway.answers.delete('vks_1');
      await relays.tell('tokens', sessionOver);
    };
    time.advance(60_000);
    expect(await ended()).toEqual({ reason: 'inactive' });
  });

  it('ends although events go on coming while it is being asked about', async () => {
    await startGuard({ ageless: true });
    await openStream();
    gateway.beforeAnswering = async () => {
      // The last of the asks that make one answer has read that it is good.
      if (gateway.asked.length === 4) gateway.answers.delete('vks_1');
      if (gateway.asked.length <= 4) await relays.tell('tokens', sessionOver);
    };
    time.advance(60_000);
    expect(await ended()).toEqual({ reason: 'inactive' });
    expect(gateway.asked).toHaveLength(5);
  });

  it('is looked after no more once it is closed', async () => {
    await startGuard({ ageless: true });
    const close = await openStream();
    close();
    gateway.answers.delete('vks_1');
    await relays.tell('tokens', sessionOver);
    time.advance(120_000);
    expect(gateway.asked).toHaveLength(1);
    expect(ends).toEqual([]);
  });

  it('is asked about at once when heartbeats stop, and every 2 s until they are back', async () => {
    await startGuard({ ageless: false });
    await openStream();
    time.advance(2_000);
    await asked(2);
    time.advance(2_000);
    await asked(3);
    time.advance(1_000);
    await relays.beat();
    time.advance(1_000);
    await asked(4);
    for (let beats = 0; beats < 10; beats += 1) {
      await relays.beat();
      time.advance(1_000);
    }
    await asked(4);
  });

  it('ends while the bus is away as well', async () => {
    await startGuard({ ageless: true });
    await openStream();
    process.kill(bus.nats.pid, 'SIGKILL');
    await asked(2);
    gateway.answers.delete('vks_1');
    time.advance(2_000);
    expect(await ended()).toEqual({ reason: 'inactive' });
  });
});
