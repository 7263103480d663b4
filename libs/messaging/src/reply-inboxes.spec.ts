import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestBus, type TestBus } from '@valetkey/testing';
import type { BusConnection } from './bus-connection.ts';

let bus: TestBus;
let gateway: BusConnection;

beforeAll(async () => {
  bus = await startTestBus();
  gateway = await bus.connect('gateway');
  const { nats } = await bus.connect('tokens');
  nats.subscribe('gw.tokens.echo', {
    callback: (_error, message) => {
      message.respond(`${message.string()} back`);
      message.respond('a second answer');
    },
  });
  nats.subscribe('gw.tokens.silence', { callback: () => undefined });
  await nats.flush();
});
afterAll(async () => bus.stop());

async function ask(subject: string, payload = '', from = gateway): Promise<string> {
  const message = await from.request({ subject, answerer: 'tokens', payload, timeoutMs: 200 });
  return message.string();
}

describe('A question', () => {
  it('gets its own answer, and one, however many are under way', async () => {
    const payloads = Array.from({ length: 500 }, (_, number) => `${number}`);
    const answers = await Promise.all(payloads.map((payload) => ask('gw.tokens.echo', payload)));
    expect(answers).toEqual(payloads.map((payload) => `${payload} back`));
  });

  it('of one connection is none of another’s, though both are of one user', async () => {
    const other = await bus.connect('gateway');
    const answers = await Promise.all([ask('gw.tokens.echo', 'one'), ask('gw.tokens.echo', 'other', other)]);
    expect(answers).toEqual(['one back', 'other back']);
  });

  it.each([
    ['nobody serves', 'gw.tokens.nothing', 'no_responders'],
    ['nobody answers in time', 'gw.tokens.silence', 'timeout'],
  ])('that %s fails, saying so', async (_case, subject, reason) => {
    await expect(ask(subject)).rejects.toMatchObject({ name: 'BusAwayError', reason });
  });
});
