import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sessionEnded, subjectOf } from '@valetkey/contracts';
import { startTestBus, type TestBus, testPassword } from '@valetkey/testing';
import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { AccessEvent } from '../access-event.ts';
import { closeAccessEvents } from '../connection/close-access-events.ts';
import { connectAccessEvents } from '../connection/connect-access-events.ts';
import { makeAccessEvent } from '../testing/index.ts';

const accountid = '0197c7a2-0000-7000-8000-000000000001';
const [user, durable, pass] = ['reader', 'reader', testPassword('reader')];
let bus: TestBus;
let servers: string;
let connection: NatsConnection;

beforeEach(async () => {
  bus = await startTestBus();
  servers = bus.nats.url;
  connection = await connect({ servers, user, pass, inboxPrefix: `_INBOX.${user}` });
});
afterEach(async () => {
  await connection.close();
  await bus.stop();
});

async function publish(count: number): Promise<string[]> {
  const tokens = await connectAccessEvents({ servers, user: 'tokens', password: testPassword('tokens'), name: 'test' });
  const data = { kind: 'portal', subject: { type: 'user', id: 'ada' }, reason: 'signed-out' } as const;
  const events = Array.from({ length: count }, () => makeAccessEvent(sessionEnded, { accountid, data }));
  const client = jetstream(tokens);
  for (const event of events) await client.publish(subjectOf(sessionEnded, accountid), JSON.stringify(event));
  await closeAccessEvents(tokens);
  return events.map(({ id }) => id);
}

/** The loop of the README, which ends after so many. */
async function consume(count: number): Promise<string[]> {
  const seen: string[] = [];
  const consumer = await jetstream(connection).consumers.get('ACCESS', durable);
  const messages = await consumer.consume();
  for await (const message of messages) {
    const event = message.json<AccessEvent>();
    seen.push(event.id);
    message.ack();
    if (seen.length === count) break;
  }
  await messages.close();
  return seen;
}

describe('A subscriber with nothing but a NATS client', () => {
  it('consumes its durable under its own inbox prefix, in order, and what it acknowledged does not come again', async () => {
    const first = await publish(3);
    expect(await consume(3)).toEqual(first);
    const second = await publish(2);
    expect(await consume(2)).toEqual(second);
  });

  it('can look at its own durable, and at no other', async () => {
    await publish(4);
    const { consumers } = jetstream(connection);
    const consumer = await consumers.get('ACCESS', durable);
    expect((await consumer.info()).num_pending).toBe(4);
    await expect(consumers.get('ACCESS', 'audit')).rejects.toThrow('Permissions Violation');
  });

  it('is refused under any other inbox prefix', async () => {
    const plain = await connect({ servers, user, pass });
    await expect(jetstream(plain).consumers.get('ACCESS', durable)).rejects.toThrow('Permissions Violation');
    await plain.close();
  });
});
