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

async function state() {
  const { nats } = await bus.connect('setup');
  return (await (await jetstreamManager(nats)).streams.info('ACCESS')).state;
}
const stored = async () => (await state()).messages;
const lastPlace = async () => (await state()).last_seq;

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

  it('is forgotten with its account’s others up to a place, by the one service that may', async () => {
    const subjectOf = (account: string) => `access.v1.${account}.session.ended`;
    const before = await stored();
    for (const [id, account] of ['gone', 'kept', 'gone', 'gone'].entries())
      await stream.publish(subjectOf(account), `of ${account} ${id}`, '{}');
    const place = await lastPlace();
    await expect(stream.forget('gone', place)).rejects.toThrow();
    expect(await stored()).toBe(before + 4);

    await new EventStream(await bus.connect('audit')).forget('gone', place);
    expect(await stored()).toBe(before + 2);
  });

  it('is not published while the bus is away', async () => {
    await tokens.close();
    await expect(stream.publish(subject, 'four', '{}')).rejects.toThrow(BusAwayError);
  });
});
