import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { errors } from '@nats-io/transport-node';
import { startTestBus, type TestBus } from '@valetkey/testing';
import { waitUntil } from '@valetkey/testing/stack';
import { BusAwayError } from './bus-away.error.ts';
import { BusConnection } from './bus-connection.ts';

let bus: TestBus;
let connection: BusConnection;

beforeEach(async () => {
  bus = await startTestBus();
  connection = await bus.connect('tokens');
});
afterEach(async () => bus.stop());

const never = () => new Promise<never>(() => undefined);
const failed = () => Promise.reject(new Error('must not be sent'));

async function untilConnected(): Promise<void> {
  const met = await waitUntil(async () => connection.connected || undefined, { timeoutMs: 10_000 });
  expect(met).toBe(true);
}

/** A server that neither answers nor closes, as behind a cut cable. */
async function whileSilent(work: () => Promise<void>): Promise<void> {
  process.kill(bus.nats.pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    process.kill(bus.nats.pid, 'SIGCONT');
  }
}

describe('While the connection stands', () => {
  it('what is sent comes to its own end', async () => {
    expect(await connection.whileConnected(async () => 'sent')).toBe('sent');
    await expect(connection.whileConnected(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });
});

describe('When the server goes', () => {
  it('what waits for it ends at once, and nothing more is sent until it is back', async () => {
    const waiting = [connection.whileConnected(never), connection.whileConnected(never)];
    const ended = Promise.all(waiting.map((each) => expect(each).rejects.toThrow(BusAwayError)));
    await bus.nats.stop();
    await ended;
    expect(connection.connected).toBe(false);
    await expect(connection.whileConnected(failed)).rejects.toThrow(BusAwayError);

    const back = await startTestBus({ port: Number(new URL(bus.nats.url).port) });
    await untilConnected();
    await connection.whileConnected(async () => connection.nats.flush());
    await connection.close();
    await back.stop();
  });

  it('silently, it is noticed within two seconds', async () => {
    await whileSilent(async () => {
      const cut = performance.now();
      await expect(connection.whileConnected(never)).rejects.toThrow(BusAwayError);
      expect(performance.now() - cut).toBeLessThan(2_000);
    });
    await untilConnected();
  });
});

describe('Closing', () => {
  it('sends what was not sent yet, and may be done twice', async () => {
    const heard: string[] = [];
    const { nats } = await bus.connect('tokens');
    nats.subscribe('outbox.tokens.flush', { callback: (_error, message) => void heard.push(message.string()) });
    await nats.flush();
    connection.nats.publish('outbox.tokens.flush', 'the last');
    await connection.close();
    await connection.close();
    expect(connection.connected).toBe(false);
    expect(await waitUntil(async () => heard[0], { timeoutMs: 5_000 })).toBe('the last');
    await expect(connection.whileConnected(failed)).rejects.toThrow(BusAwayError);
  });

  it('does not wait long for a server that is silent, nor for one that is gone', async () => {
    const further = await bus.connect('identity');
    await whileSilent(async () => {
      const asked = performance.now();
      await connection.close();
      expect(performance.now() - asked).toBeLessThan(4_000);
    });
    await bus.nats.stop();
    await further.close();
    expect(further.nats.isClosed()).toBe(true);
  });
});

describe('Opening', () => {
  it('with a wrong password is refused', async () => {
    const options = { servers: [bus.nats.url], user: 'tokens', password: 'wrong', name: 'tokens' };
    await expect(BusConnection.open(options)).rejects.toThrow(errors.AuthorizationError);
  });
});
