import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { moduleDisabled, permissionCatalogueChanged, sessionOrganizationChanged } from '@valetkey/contracts';
import { DevicesService, type TestSession } from '../test/devices-service.ts';
import { type ReadEvent, readEvents } from '../test/read-events.ts';

let service: DevicesService;

beforeAll(async () => {
  service = await DevicesService.start();
});

afterAll(() => service.stop());

/** An open stream, after the devices that it shows at first. */
async function openStream({ token }: TestSession): Promise<AsyncGenerator<ReadEvent, undefined>> {
  const response = await service.request('/devices/stream', { token });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events = readEvents(response);
  for (const id of ['front-door', 'boiler', 'camera']) {
    const { value } = await events.next();
    expect(value).toMatchObject({ event: 'device', data: { id } });
  }
  return events;
}

const turnOff = (id: string, { token }: TestSession) =>
  service.request(`/devices/${id}/actions`, { method: 'POST', token, body: JSON.stringify({ action: 'turn-off' }) });
const end = (reason: string) => ({ done: false, value: { event: 'end', data: { reason } } });
const closed = { done: true, value: undefined };

describe('the stream of devices', () => {
  it('tells each change', async () => {
    const session = service.open('devices.view devices.manage');
    const stream = await openStream(session);
    await turnOff('camera', session);
    expect((await stream.next()).value).toEqual({
      event: 'device',
      data: { id: 'camera', name: 'Camera', state: 'off' },
    });
    await stream.return(undefined);
  });

  it('ends within milliseconds of the session, and others go on', async () => {
    const [leaving, staying] = [service.open('devices.view'), service.open('devices.view devices.manage')];
    const [stream, other] = [await openStream(leaving), await openStream(staying)];
    await service.end(leaving);
    const from = performance.now();
    expect(await stream.next()).toEqual(end('inactive'));
    expect(await stream.next()).toEqual(closed);
    expect(performance.now() - from).toBeLessThan(1_000);
    await turnOff('camera', staying);
    expect((await other.next()).value).toMatchObject({ event: 'device' });
    await other.return(undefined);
  });

  it('ends before it shows anything more, once the permission is gone', async () => {
    const session = service.open('devices.view devices.manage');
    const stream = await openStream(session);
    service.grant(session, 'devices.manage');
    await turnOff('camera', session);
    expect(await stream.next()).toEqual(end('missing_permission'));
    expect(await stream.next()).toEqual(closed);
  });

  it('ends the moment the permission is gone, though nothing is there to show', async () => {
    const session = service.open('devices.view');
    const stream = await openStream(session);
    service.grant(session, '');
    await service.tell(permissionCatalogueChanged, session);
    expect(await stream.next()).toEqual(end('missing_permission'));
    expect(await stream.next()).toEqual(closed);
  });

  it('ends before it shows another organization’s devices', async () => {
    const session = service.open('devices.view', { organizationId: 'one' });
    const manager = service.open('devices.manage', { organizationId: 'one' });
    const stream = await openStream(session);
    service.grant(session, 'devices.view', 'other');
    await service.tell(sessionOrganizationChanged, session);
    await turnOff('camera', manager);
    expect(await stream.next()).toEqual(end('moved'));
  });

  it('goes on when something else befalls its account', async () => {
    const session = service.open('devices.view devices.manage');
    const stream = await openStream(session);
    await service.tell(moduleDisabled, session);
    await turnOff('boiler', session);
    expect((await stream.next()).value).toMatchObject({ data: { id: 'boiler' } });
    await stream.return(undefined);
  });
});
