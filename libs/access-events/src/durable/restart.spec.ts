import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { sessionEnded, subjectOf } from '@valetkey/contracts';
import { type Nats, startNats, waitUntil } from '@valetkey/testing/stack';
import { closeAccessEvents } from '../connection/close-access-events.ts';
import { connectAccessEvents } from '../connection/connect-access-events.ts';
import { memoryInbox } from '../handlers/memory-inbox.ts';
import { once } from '../handlers/once.ts';
import { makeAccessEvent } from '../testing/index.ts';
import { durableConfig } from './durable-config.ts';
import { subscribe } from './subscribe.ts';

const config = 'authorization { users = [ { user: anybody, password: secret } ] }';
const cleanUp: (() => Promise<unknown>)[] = [];
let storeDir: string;
let nats: Nats;

beforeEach(async () => {
  storeDir = await mkdtemp(join(tmpdir(), 'valetkey-restart-'));
  cleanUp.push(() => rm(storeDir, { recursive: true, force: true }));
  nats = await startNats({ config, storeDir });
  cleanUp.push(() => nats.stop());
  const manager = await jetstreamManager(await open());
  await manager.streams.add({ name: 'ACCESS', subjects: ['access.v1.>'] });
  await manager.consumers.add('ACCESS', durableConfig({ durable: 'reader', start: 'beginning' }));
});

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function open(): Promise<NatsConnection> {
  const connection = await connectAccessEvents({
    servers: nats.url,
    user: 'anybody',
    password: 'secret',
    name: 'test',
  });
  cleanUp.push(() => closeAccessEvents(connection));
  return connection;
}

async function killAndRestart(): Promise<void> {
  const port = Number(new URL(nats.url).port);
  process.kill(nats.pid, 'SIGKILL');
  await nats.exited;
  nats = await startNats({ config, storeDir, port });
}

describe('When the bus is killed under a durable subscriber', () => {
  it('loses no event, doubles no effect, and goes on by itself', async () => {
    const publisher = jetstream(await open());
    const published: string[] = [];
    const publish = async () => {
      const data = { kind: 'portal', subject: { type: 'user', id: 'ada' }, reason: 'idle' } as const;
      const event = makeAccessEvent(sessionEnded, { data });
      const options = { msgID: event.id, timeout: 500 };
      await waitUntil(
        () =>
          publisher.publish(subjectOf(sessionEnded, undefined), JSON.stringify(event), options).catch(() => undefined),
        { timeoutMs: 10_000 },
      );
      published.push(event.id);
    };

    const effects: string[] = [];
    const handle = once(memoryInbox(), async (events) => void effects.push(...events.map(({ id }) => id)));
    const subscription = subscribe({ connection: await open(), durable: 'reader', handle });
    for (let round = 0; round < 2; round += 1) {
      for (let count = 0; count < 50; count += 1) await publish();
      await killAndRestart();
    }
    await publish();
    await waitUntil(async () => published.every((id) => effects.includes(id)) || undefined, { timeoutMs: 10_000 });
    await subscription.stop();

    expect(effects.toSorted()).toEqual(published.toSorted());
  });
});
