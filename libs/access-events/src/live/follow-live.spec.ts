import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';
import { sessionEnded, subjectOf } from '@valetkey/contracts';
import { startTestBus, type TestBus, testPassword } from '@valetkey/testing';
import { waitUntil } from '@valetkey/testing/stack';
import { closeAccessEvents } from '../connection/close-access-events.ts';
import { connectAccessEvents } from '../connection/connect-access-events.ts';
import { makeAccessEvent } from '../testing/index.ts';
import { followLive } from './follow-live.ts';
import type { LiveListener } from './live-listener.ts';

const accountid = '0197c7a2-0000-7000-8000-000000000001';
const subject = subjectOf(sessionEnded, accountid);
const event = makeAccessEvent(sessionEnded, {
  accountid,
  data: { kind: 'portal', subject: { type: 'user', id: 'ada' }, reason: 'signed-out' },
});

let bus: TestBus;
let publisher: NatsConnection;
const connections: NatsConnection[] = [];

beforeEach(async () => {
  bus = await startTestBus();
  publisher = await connectAs('tokens');
});

afterEach(async () => {
  process.kill(bus.nats.pid, 'SIGCONT');
  await Promise.all(connections.splice(0).map(closeAccessEvents));
  await bus.nats.stop();
});

async function connectAs(user: string): Promise<NatsConnection> {
  const connection = await connectAccessEvents({
    servers: bus.nats.url,
    user,
    password: testPassword(user),
    name: user,
  });
  connections.push(connection);
  return connection;
}

/** Notes what a follower is told, as words. */
function notes({ onEvent }: Partial<Pick<LiveListener, 'onEvent'>> = {}) {
  const heard: string[] = [];
  const listener: LiveListener = {
    onFollowing: () => heard.push('following'),
    onEvent: (arrived, on) => {
      onEvent?.(arrived, on);
      heard.push(`${arrived.id} on ${on}`);
    },
    onHeartbeat: (service) => heard.push(`heartbeat of ${service}`),
    onLost: (reason) => heard.push(`lost: ${reason}`),
  };
  return { heard, listener };
}

/** A follower that follows. */
async function follow(listening: ReturnType<typeof notes> = notes()): Promise<string[]> {
  const { heard, listener } = listening;
  followLive(await connectAs('devices'), listener);
  await until(() => heard.length > 0);
  expect(heard.splice(0)).toEqual(['following']);
  return heard;
}

async function until(condition: () => boolean, timeoutMs = 10_000): Promise<void> {
  const met = await waitUntil(async () => condition() || undefined, { timeoutMs });
  if (!met) throw new Error(`waited in vain for ${condition.toString()}`);
}

async function publish(...messages: [subject: string, body: string][]): Promise<void> {
  for (const [on, body] of messages) publisher.publish(on, body);
  await publisher.flush();
}

describe('A live follower', () => {
  it('hears events and heartbeats as they come', async () => {
    const heard = await follow();
    await publish([subject, JSON.stringify(event)], ['access.heartbeat.tokens', '']);
    await until(() => heard.length === 2);
    expect(heard).toEqual([`${event.id} on ${subject}`, 'heartbeat of tokens']);
  });

  it('is told at once when the connection closes, and when it follows again', async () => {
    const heard = await follow();
    const killedAt = performance.now();
    process.kill(bus.nats.pid, 'SIGKILL');
    await until(() => heard.length > 0);
    expect(performance.now() - killedAt).toBeLessThan(300);
    expect(heard.splice(0)).toEqual(['lost: disconnect']);

    await bus.nats.exited;
    bus = await startTestBus({ port: Number(new URL(bus.nats.url).port) });
    await until(() => heard.length > 0);
    publisher = await connectAs('tokens');
    await publish([subject, JSON.stringify(event)]);
    await until(() => heard.length > 1);
    expect(heard).toEqual(['following', `${event.id} on ${subject}`]);
  });

  it('is told within 2 s of a silent cut', async () => {
    const heard = await follow();
    const cutAt = performance.now();
    process.kill(bus.nats.pid, 'SIGSTOP');
    await until(() => heard.length > 0);
    expect(performance.now() - cutAt).toBeLessThan(2_000);
    expect(heard[0]).toMatch(/^lost/);
  });

  it('counts what it cannot read as missed, and goes on', async () => {
    const heard = await follow();
    await publish([subject, 'Hello']);
    await until(() => heard.length === 2);
    await publish([subject, JSON.stringify(event)]);
    await until(() => heard.length === 3);
    expect(heard).toEqual(['lost: not an access event', 'following', `${event.id} on ${subject}`]);
  });

  it('counts an event at which it fails as missed, and goes on', async () => {
    let failures = 1;
    const clumsy = () => {
      if (failures-- > 0) throw new Error('dropped it');
    };
    const heard = await follow(notes({ onEvent: clumsy }));
    await publish([subject, JSON.stringify(event)]);
    await until(() => heard.length === 2);
    await publish([subject, JSON.stringify(event)]);
    await until(() => heard.length === 3);
    expect(heard).toEqual(['lost: dropped it', 'following', `${event.id} on ${subject}`]);
  });

  it('never follows where it may not', async () => {
    const { heard, listener } = notes();
    const connection = await connectAs('setup');
    followLive(connection, listener);
    await connection.flush();
    await connection.flush();
    expect(heard).toEqual([]);
  });

  it('hears nothing more once stopped', async () => {
    const { heard, listener } = notes();
    const connection = await connectAs('devices');
    const feed = followLive(connection, listener);
    await until(() => heard.length === 1);
    feed.stop();
    await connection.flush();
    await publish([subject, JSON.stringify(event)]);
    await connection.flush();
    expect(heard).toEqual(['following']);
  });
});
