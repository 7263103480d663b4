import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { sessionEnded, subjectOf } from '@valetkey/contracts';
import { startTestBus, type TestBus, testPassword } from '@valetkey/testing';
import { waitUntil } from '@valetkey/testing/stack';
import { closeAccessEvents } from '../connection/close-access-events.ts';
import { Fetcher } from './fetcher.ts';
import { BATCH, EXPIRES_MS } from './pull.ts';

const REPLICAS = 50;
/** The server is stopped at no moment in particular, and meets what it must in most rounds but not in all. */
const ROUNDS = 5;
/** Long before a request that nobody answers is given up. */
const PROMPTLY_MS = EXPIRES_MS;

let bus: TestBus;
let reader: NatsConnection;
let publisher: NatsConnection;
const fetchers: Fetcher[] = [];
const stalls: string[] = [];
/** Those that got an event lately. */
const reached = new Set<Fetcher>();

beforeEach(async () => {
  bus = await startTestBus();
  [reader, publisher] = await Promise.all([patientConnection('reader'), patientConnection('tokens')]);
});

afterEach(async () => {
  await Promise.all(fetchers.splice(0).map((fetcher) => fetcher.stop()));
  await Promise.all([reader, publisher].map(closeAccessEvents));
  await bus.nats.stop();
});

/** With the client's own patience, so that it does not take a stopped server for a gone one. */
const patientConnection = (user: string) =>
  connect({ servers: bus.nats.url, user, pass: testPassword(user), inboxPrefix: `_INBOX.${user}` });

describe('A durable subscriber', () => {
  it('goes on fetching when its request expires at the very moment of an event', async () => {
    for (let replica = 0; replica < REPLICAS; replica += 1) follow();

    for (let round = 0; round < ROUNDS; round += 1) {
      reached.clear();
      publish(REPLICAS * BATCH * 0.9);
      await until(() => reached.size > 0);
      await stopServerAmidEvents();

      reached.clear();
      await publishUntil(() => reached.size === REPLICAS);
      expect(reached.size).toBe(REPLICAS);
    }
    expect(stalls).toEqual([]);
  });
});

/** When it goes on, all requests have expired, and it comes to the next event before it clears them away. */
async function stopServerAmidEvents(): Promise<void> {
  const end = performance.now() + 1.05 * EXPIRES_MS;
  process.kill(bus.nats.pid, 'SIGSTOP');
  await until(() => performance.now() > end);
  process.kill(bus.nats.pid, 'SIGCONT');
}

function follow(): void {
  const fetcher = new Fetcher({ connection: reader, durable: 'reader', onStall: (reason) => stalls.push(reason) });
  fetchers.push(fetcher);
  void (async () => {
    for (let batch = await fetcher.next(); batch; batch = await fetcher.next()) {
      reached.add(fetcher);
      for (const delivery of batch) delivery.acknowledge();
    }
  })();
}

function publish(count: number): void {
  for (let sent = 0; sent < count; sent += 1) publisher.publish(subjectOf(sessionEnded, undefined), '{}');
}

/** Events, one after another, until it is enough or has taken too long. */
async function publishUntil(enough: () => boolean): Promise<void> {
  const end = performance.now() + PROMPTLY_MS;
  await until(() => {
    publish(1);
    return enough() || performance.now() > end;
  });
}

async function until(condition: () => boolean): Promise<void> {
  const met = await waitUntil(async () => condition() || undefined, { timeoutMs: 10_000, everyMs: 1 });
  if (!met) throw new Error(`waited in vain for ${condition.toString()}`);
}
