import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestBus, type TestBus, testPassword } from '@valetkey/testing';
import { closeAccessEvents } from './close-access-events.ts';
import { type AccessEventsConnection, connectAccessEvents } from './connect-access-events.ts';

let bus: TestBus;

beforeEach(async () => {
  bus = await startTestBus();
});

afterEach(async () => {
  await bus.nats.stop();
});

function connect(password = testPassword('devices')): Promise<AccessEventsConnection> {
  return connectAccessEvents({ servers: bus.nats.url, user: 'devices', password, name: 'test' });
}

describe('A connection', () => {
  it('is refused with a wrong password', async () => {
    await expect(connect('guess')).rejects.toThrow('Authorization Violation');
  });

  it('waits for a server that is not there yet', async () => {
    const port = Number(new URL(bus.nats.url).port);
    await bus.nats.stop();
    const connecting = connect();
    bus = await startTestBus({ port });
    await closeAccessEvents(await connecting);
  });

  it('closes when the server does not answer', async () => {
    const connection = await connect();
    process.kill(bus.nats.pid, 'SIGSTOP');
    try {
      await closeAccessEvents(connection);
    } finally {
      process.kill(bus.nats.pid, 'SIGCONT');
    }
    expect(connection.isClosed()).toBe(true);
  });

  it('closes when the server is gone, and when it is closed already', async () => {
    const connection = await connect();
    await bus.nats.stop();
    await closeAccessEvents(connection);
    await closeAccessEvents(connection);
    expect(connection.isClosed()).toBe(true);
  });
});
