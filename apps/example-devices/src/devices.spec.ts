import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DevicesService } from '../test/devices-service.ts';

let service: DevicesService;

beforeAll(async () => {
  service = await DevicesService.start();
});

afterAll(() => service.stop());

const control = (path: string, token: string, body: unknown) =>
  service.request(path, { method: 'POST', token, body: JSON.stringify(body) });

describe('the devices', () => {
  it('are listed to whom devices.view is granted', async () => {
    const { token } = service.open('devices.view');
    const answer = await service.request('/devices', { token });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      items: [{ id: 'front-door', name: 'Front door', state: 'off' }, {}, {}],
    });
  });

  it('are controlled by whom devices.manage is granted', async () => {
    const { token } = service.open('devices.view devices.manage');
    const answer = await control('/devices/front-door/actions', token, { action: 'turn-on' });
    expect(await answer.json()).toEqual({ id: 'front-door', name: 'Front door', state: 'on' });
    const list = await service.request('/devices', { token });
    expect(await list.json()).toMatchObject({ items: [{ id: 'front-door', state: 'on' }, {}, {}] });
  });

  it('are those of the organization one stands in, and no other’s', async () => {
    const there = service.open('devices.view devices.manage', { organizationId: 'one' });
    const elsewhere = service.open('devices.view', { organizationId: 'other', accountId: there.accountId });
    await control('/devices/boiler/actions', there.token, { action: 'turn-off' });
    const list = await service.request('/devices', { token: elsewhere.token });
    expect(await list.json()).toMatchObject({ items: [{}, { id: 'boiler', state: 'on' }, {}] });
  });
});

describe('who is refused', () => {
  it('learns that a credential is needed', async () => {
    const answer = await service.request('/devices');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm=/);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('learns that theirs is not good', async () => {
    const answer = await service.request('/devices', { token: 'vks_unknown' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it.each([
    ['viewing without devices.view', '/devices', undefined, 'devices.manage'],
    ['streaming without devices.view', '/devices/stream', undefined, 'devices.viewer'],
    ['controlling without devices.manage', '/devices/boiler/actions', { action: 'turn-on' }, 'devices.view'],
  ])('is %s', async (_what, path, body, scope) => {
    const { token } = service.open(scope);
    const answer = body ? await control(path, token, body) : await service.request(path, { token });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'missing_permission' });
  });

  it('stands in no account', async () => {
    const session = { sid: 'x', scope: '' };
    service.gateway.open('vks_nowhere', session);
    const answer = await service.request('/devices', { token: 'vks_nowhere' });
    expect(await answer.json()).toMatchObject({ status: 403, code: 'no_account' });
  });

  it.each([
    ['an unknown action', { action: 'explode' }, 400, 'malformed'],
    ['an unknown field', { action: 'turn-on', force: true }, 400, 'malformed'],
    ['no object', 'turn-on', 400, 'malformed'],
  ])('asks for %s', async (_what, body, status, code) => {
    const { token } = service.open('devices.manage');
    const answer = await control('/devices/boiler/actions', token, body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  it('names a device that is not there', async () => {
    const { token } = service.open('devices.manage');
    const answer = await control('/devices/unknown/actions', token, { action: 'turn-on' });
    expect(answer.status).toBe(404);
  });
});
