import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { startTestBus, type TestBus, testPassword } from '@valetkey/testing';
import { parkedEvents, type ParkedEvent } from './parked-events.ts';
import { replay } from './replay.ts';

let bus: TestBus;
const open: NatsConnection[] = [];

async function as(user: string): Promise<NatsConnection> {
  const auth = { user, pass: testPassword(user), inboxPrefix: `_INBOX.${user}` };
  const connection = await connect({ servers: bus.nats.url, ...auth });
  open.push(connection);
  return connection;
}

const parkedAt = (time: Date): ParkedEvent => ({
  durable: 'reader',
  subject: 'access.v1.platform.user.registered',
  sequence: 2,
  attempts: 6,
  error: { name: 'Error', message: 'no such table' },
  parkedAt: time.toISOString(),
});

beforeAll(async () => {
  bus = await startTestBus();
  const identity = jetstream(await as('identity'));
  for (const number of [1, 2, 3]) await identity.publish('access.v1.platform.user.registered', `${number}`);
});
afterAll(async () => {
  await Promise.all(open.map((connection) => connection.close()));
  await bus.nats.stop();
});

async function park(durable: string): Promise<void> {
  const { parkedAt: _, ...body } = parkedAt(new Date());
  await jetstream(await as(durable)).publish(`dead.v1.${durable}`, JSON.stringify({ ...body, durable, body: '' }));
}

async function standing(): Promise<number> {
  const info = await (await jetstreamManager(await as('setup'))).consumers.info('ACCESS', 'reader');
  return info.num_pending;
}

describe('Parked events', () => {
  it('are none as long as everything was handled', async () => {
    expect(await parkedEvents(await as('setup'))).toEqual([]);
    expect(await replay(await as('setup'), 'audit', [])).toBe('audit has nothing parked.');
  });

  it('are named with the reason, for one durable or for all', async () => {
    for (const durable of ['audit', 'reader', 'audit']) await park(durable);
    const setup = await as('setup');
    expect(await parkedEvents(setup, 'reader')).toEqual([{ ...parkedAt(new Date()), parkedAt: expect.any(String) }]);
    expect((await parkedEvents(setup)).map(({ durable }) => durable)).toEqual(['audit', 'reader', 'audit']);
  });

  it('wait until what fails again can be told from them', async () => {
    const setup = await as('setup');
    expect(await replay(setup, 'reader', await parkedEvents(setup))).toMatch(/^Try again after /);
    expect(await parkedEvents(setup, 'reader')).toHaveLength(1);
  });

  it('are handed out again from the first on, and are parked no more', async () => {
    const setup = await as('setup');
    expect(await standing()).toBe(3);
    const parked = parkedAt(new Date(Date.now() - 3 * 60_000));
    expect(await replay(setup, 'reader', [parked])).toBe('reader begins again with number 2 of ACCESS.');
    expect(await standing()).toBe(2);
    expect((await parkedEvents(setup)).map(({ durable }) => durable)).toEqual(['audit', 'audit']);
  });
});
