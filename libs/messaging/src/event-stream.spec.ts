import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { startTestBus, type TestBus } from '@valetkey/testing';
import { BusAwayError } from './bus-away.error.ts';
import type { BusConnection } from './bus-connection.ts';
import { EventStream } from './event-stream.ts';

const subject = 'access.v1.platform.session.ended';

let bus: TestBus;
let tokens: BusConnection;
let stream: EventStream;

beforeAll(async () => {
  bus = await startTestBus();
  tokens = await bus.connect('tokens');
  stream = new EventStream(tokens);
});
afterAll(async () => bus.stop());

async function stored(): Promise<number> {
  const { nats } = await bus.connect('setup');
  const { state } = await (await jetstreamManager(nats)).streams.info('ACCESS');
  return state.messages;
}

describe('An event', () => {
  it('is stored once, however often it is published', async () => {
    const before = await stored();
    for (const id of ['one', 'two', 'one']) await stream.publish(subject, id, '{}');
    expect(await stored()).toBe(before + 2);
  });

  it('that the stream did not acknowledge is not taken for sent', async () => {
    const before = await stored();
    await expect(stream.publish('access.v1.platform.user.registered', 'three', '{}')).rejects.toThrow();
    expect(await stored()).toBe(before);
  });

  it('is not published while the bus is away', async () => {
    await tokens.close();
    await expect(stream.publish(subject, 'four', '{}')).rejects.toThrow(BusAwayError);
  });
});
