import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { sessionEnded, subjectOf } from '@valetkey/contracts';
import { startTestBus, type TestBus, testPassword } from '@valetkey/testing';
import { waitUntil } from '@valetkey/testing/stack';
import type { AccessEvent } from '../access-event.ts';
import { closeAccessEvents } from '../connection/close-access-events.ts';
import { connectAccessEvents } from '../connection/connect-access-events.ts';
import { memoryInbox } from '../handlers/memory-inbox.ts';
import { once } from '../handlers/once.ts';
import { makeAccessEvent } from '../testing/index.ts';
import { ACK_WAIT_MS, durableConfig } from './durable-config.ts';
import { type AccessSubscription, subscribe, type SubscribeOptions } from './subscribe.ts';
import type { SubscriberObserver } from './subscriber-observer.ts';

const accountid = '0197c7a2-0000-7000-8000-000000000001';
let bus: TestBus;
let reader: NatsConnection;
let publisher: NatsConnection;
const connections: NatsConnection[] = [];
const subscriptions: AccessSubscription[] = [];

beforeEach(async () => {
  bus = await startTestBus();
  [reader, publisher] = await Promise.all([connectAs('reader'), connectAs('tokens')]);
});

afterEach(async () => {
  await Promise.all(subscriptions.splice(0).map((subscription) => subscription.stop()));
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

function follow(options: Omit<SubscribeOptions, 'connection' | 'durable'>): AccessSubscription {
  const subscription = subscribe({ connection: reader, durable: 'reader', ...options });
  subscriptions.push(subscription);
  return subscription;
}

function sessionOver(): AccessEvent {
  const data = { kind: 'portal', subject: { type: 'user', id: 'ada' }, reason: 'signed-out' } as const;
  return makeAccessEvent(sessionEnded, { accountid, data });
}

async function publish(...events: AccessEvent[]): Promise<void> {
  const subject = subjectOf(sessionEnded, accountid);
  for (const event of events) await jetstream(publisher).publish(subject, JSON.stringify(event), { msgID: event.id });
}

const idsOf = (events: readonly AccessEvent[]) => events.map(({ id }) => id);
const sessions = (count: number) => Array.from({ length: count }, sessionOver);

/** What an observer was told, by kind. */
function counted() {
  const counts = { handled: 0, duplicate: 0, retried: 0, parked: 0, stalled: 0 };
  const observer: SubscriberObserver = {
    handled: (count) => (counts.handled += count),
    duplicate: (count) => (counts.duplicate += count),
    retried: () => (counts.retried += 1),
    parked: () => (counts.parked += 1),
    stalled: () => (counts.stalled += 1),
  };
  return { counts, observer };
}

async function until(condition: () => boolean, timeoutMs = 10_000): Promise<void> {
  const met = await waitUntil(async () => condition() || undefined, { timeoutMs });
  if (!met) throw new Error(`waited in vain for ${condition.toString()}`);
}

describe('A durable subscriber', () => {
  it('gets what has arrived as one batch, in order, with no right but to fetch', async () => {
    const events = sessions(250);
    await publish(...events);

    const batches: string[][] = [];
    follow({ handle: async (batch) => void batches.push(idsOf(batch)) });
    await until(() => batches.flat().length === events.length);

    expect(batches.flat()).toEqual(idsOf(events));
    expect(batches.length).toBeLessThan(10);
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(200);
  });

  it('gets an event the moment it is published', async () => {
    const seen: string[] = [];
    follow({ handle: async (batch) => void seen.push(...idsOf(batch)) });
    for (const event of sessions(3)) {
      await publish(event);
      await until(() => seen.at(-1) === event.id);
    }
  });

  it('tries a failing event again, then parks it with the reason, and goes on meanwhile', async () => {
    const [poison, ...others] = sessions(5);
    if (!poison) throw new Error('no event');
    await publish(others[0] ?? poison, poison, ...others.slice(1));
    const { counts, observer } = counted();
    const seen: string[] = [];
    const handle = async (batch: readonly AccessEvent[]) => {
      if (batch.some(({ id }) => id === poison.id)) throw new RangeError('no such door');
      seen.push(...idsOf(batch));
    };

    follow({ handle, observer, retryDelaysMs: [10, 20] });
    await until(() => counts.parked === 1);
    await publish(...sessions(1));
    await until(() => seen.length === 5);

    expect(seen.slice(0, 4)).toEqual(idsOf(others));
    expect(counts).toMatchObject({ handled: 5, retried: 2, parked: 1, duplicate: 0 });
    const { body, ...parked } = await parkedFirst();
    expect(parked).toMatchObject({
      durable: 'reader',
      attempts: 3,
      error: { name: 'RangeError', message: 'no such door' },
    });
    expect(JSON.parse(Buffer.from(String(body), 'base64').toString())).toMatchObject({ id: poison.id });
  });

  it('parks at once what is no event', async () => {
    await jetstream(publisher).publish(subjectOf(sessionEnded, accountid), 'Hello');
    const { counts, observer } = counted();

    follow({ handle: async () => undefined, observer });
    await until(() => counts.parked === 1);

    expect(counts.retried).toBe(0);
    expect(await parkedFirst()).toMatchObject({ body: Buffer.from('Hello').toString('base64'), attempts: 1 });
  });

  it('has no second effect from an event that comes again', async () => {
    const event = sessionOver();
    await publish(event);
    const { counts, observer } = counted();
    const effects: string[] = [];
    const handleOnce = once(memoryInbox(), async (batch) => void effects.push(...idsOf(batch)));
    let crashes = 1;
    const crashAfterTheEffect = async (batch: readonly AccessEvent[]) => {
      const handled = await handleOnce(batch);
      if (crashes-- > 0) throw new Error('gone before the acknowledgement');
      return handled ?? { duplicates: 0 };
    };

    follow({ handle: crashAfterTheEffect, observer, retryDelaysMs: [10] });
    await until(() => counts.duplicate === 1);

    expect(effects).toEqual([event.id]);
  });

  it('gives back at once what it has not begun when it is stopped', async () => {
    const events = sessions(20);
    const begun = Promise.withResolvers<undefined>();
    const release = Promise.withResolvers<undefined>();
    const first: string[] = [];
    const stopping = follow({
      handle: async (batch) => {
        begun.resolve(undefined);
        await release.promise;
        first.push(...idsOf(batch));
      },
    });
    await publish(...events.slice(0, 1));
    await begun.promise;
    await publish(...events.slice(1));

    const stopped = stopping.stop();
    release.resolve(undefined);
    await stopped;
    const second: string[] = [];
    follow({ handle: async (batch) => void second.push(...idsOf(batch)) });
    // Long before the server would hand them out again by itself.
    await until(() => first.length + second.length === events.length, ACK_WAIT_MS / 2);

    expect([...first, ...second]).toEqual(idsOf(events));
  });

  it('tells each event with its place in the stream', async () => {
    const events = sessions(3);
    await publish(...events);
    const placeOf = new Map<string, number | undefined>();

    follow({ handle: async (batch, places) => batch.forEach(({ id }, n) => placeOf.set(id, places[n])) });
    await until(() => placeOf.size === events.length);

    expect([...placeOf]).toEqual(events.map(({ id }, n) => [id, n + 1]));
  });

  it('says that it cannot fetch, and begins once its durable is there', async () => {
    const manager = await jetstreamManager(await connectAs('setup'));
    await manager.consumers.delete('ACCESS', 'reader');
    const { counts, observer } = counted();
    follow({ handle: async () => undefined, observer });
    await until(() => counts.stalled > 0);

    await manager.consumers.add('ACCESS', durableConfig({ durable: 'reader', start: 'beginning' }));
    await publish(sessionOver());
    await until(() => counts.handled === 1);
  });

  it('ends with the error when its connection is closed', async () => {
    const { closed } = follow({ handle: async () => undefined });
    await reader.close();
    expect(await closed).toBeInstanceOf(Error);
  });
});

async function parkedFirst(): Promise<Record<string, unknown>> {
  const manager = await jetstreamManager(await connectAs('setup'));
  const message = await manager.streams.getMessage('ACCESS_DEAD', { seq: 1 });
  return message?.json() ?? {};
}
