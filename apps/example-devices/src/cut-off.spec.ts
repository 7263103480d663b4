import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Health } from '@valetkey/observability';
import { waitUntil } from '@valetkey/testing/stack';
import { DevicesService } from '../test/devices-service.ts';
import { readEvents } from '../test/read-events.ts';

let service: DevicesService;

beforeEach(async () => {
  service = await DevicesService.start();
});

afterEach(() => service.stop());

/** Beats until the guard trusts what it keeps, or has stopped to. */
async function untilTrusting(expected: boolean): Promise<void> {
  await waitUntil(
    async () => {
      if (expected) service.heartbeat();
      const { away } = await service.app.get(Health).report();
      return away.includes('access-events') !== expected || undefined;
    },
    { timeoutMs: 5_000 },
  );
}

describe('a service that hears the events', () => {
  it('asks about a credential once', async () => {
    const { token } = service.open('devices.view');
    await untilTrusting(true);
    for (let times = 0; times < 5; times += 1) expect((await service.request('/devices', { token })).status).toBe(200);
    expect(service.gateway.asked).toBe(1);
  });

  it('refuses from the moment a session ends', async () => {
    const session = service.open('devices.view');
    await untilTrusting(true);
    expect((await service.request('/devices', session)).status).toBe(200);
    await service.end(session);
    expect((await service.request('/devices', session)).status).toBe(401);
  });
});

describe('a service that is cut off from the bus', () => {
  it('asks each time', async () => {
    const session = service.open('devices.view');
    await untilTrusting(true);
    await service.request('/devices', session);
    await service.bus.nats.stop();
    await untilTrusting(false);
    const before = service.gateway.asked;
    expect((await service.request('/devices', session)).status).toBe(200);
    service.gateway.end(session.token);
    expect((await service.request('/devices', session)).status).toBe(401);
    expect(service.gateway.asked).toBe(before + 2);
  });

  it('refuses when it cannot ask either', async () => {
    const session = service.open('devices.view');
    await untilTrusting(true);
    await service.request('/devices', session);
    await Promise.all([service.bus.nats.stop(), service.gateway.stop()]);
    await untilTrusting(false);
    const answer = await service.request('/devices', session);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject({ code: 'unavailable' });
  });

  it('closes the streams of which nobody can say whether they are good', async () => {
    const session = service.open('devices.view');
    await untilTrusting(true);
    const events = readEvents(await service.request('/devices/stream', session));
    for (let devices = 0; devices < 3; devices += 1) await events.next();
    await service.gateway.stop();
    await service.bus.nats.stop();
    expect((await events.next()).value).toEqual({ event: 'end', data: { reason: 'unverifiable' } });
    expect((await events.next()).done).toBe(true);
  });
});

describe('a service that stops', () => {
  it('ends its streams first', async () => {
    const session = service.open('devices.view');
    const events = readEvents(await service.request('/devices/stream', session));
    for (let devices = 0; devices < 3; devices += 1) await events.next();
    const stopped = service.app.close();
    expect((await events.next()).value).toEqual({ event: 'end', data: { reason: 'stopping' } });
    await stopped;
  });
});
