import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client, Owner } from './client.ts';
import { type DeviceEvent, DevicesService } from './devices-service.ts';
import { eventually } from './eventually.ts';
import type { Partnership } from './partnerships.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { type ProvidersUser, TwoCompanies } from './two-companies.ts';

let platform: Platform;
let companies: TwoCompanies;
let devices: DevicesService;
let provider: Owner;
let client: Owner;
let partnership: Partnership;
let nils: ProvidersUser;

beforeAll(async () => {
  platform = await startPlatform();
  // The other team's service lives in real time.
  platform.clock.advance(Math.max(0, Date.now() - platform.clock.now().getTime()));
  companies = await TwoCompanies.of(platform);
  devices = await DevicesService.of(platform, companies.operator);
  ({ provider, client } = companies);
});
afterAll(async () => {
  await devices.stop();
  await platform.stop();
});

let round = 0;
beforeEach(async () => {
  round += 1;
  if (round > 1) await client.call('DELETE', partnership.clientPath);
  partnership = await companies.partnership(['devices.view', 'devices.manage']);
  nils = await companies.worker(partnership, `Nils-${round}`, ['devices.view']);
});

const grant = (permissions: string[]) =>
  provider.call('PATCH', `${partnership.providerPath}/users/${nils.userId}`, { body: { permissions } });
const list = (user: Client) => devices.as(user).call('GET', '/devices');
const control = (user: Client) =>
  devices.as(user).call('POST', '/devices/front-door/actions', { body: { action: 'turn-on' } });

describe('Software that asks Valetkey', () => {
  it('shows a partner’s user the client’s devices, and lets them do as much as they were granted', async () => {
    const { session } = nils;
    const seen = await list(session);
    expect([seen.status, seen.body]).toEqual([200, (await list(client)).body]);
    expect((await control(session)).code).toBe('missing_permission');
    await grant(['devices.view', 'devices.manage']);
    await eventually('they may control devices', async () => (await control(session)).status === 200 || undefined);
    await client.call('PATCH', partnership.clientPath, { body: { permissions: ['devices.view'] } });
    await eventually('and then no more', async () => (await control(session)).status === 403 || undefined);
    expect((await list(session)).status).toBe(200);
  });

  it('refuses them while the partnership is disabled', async () => {
    const { session } = nils;
    expect((await provider.call('POST', `${partnership.providerPath}/disable`)).status).toBe(200);
    await eventually('they see nothing', async () => (await list(session)).code === 'missing_permission' || undefined);
    expect((await provider.call('POST', `${partnership.providerPath}/activate`)).status).toBe(200);
    await eventually('they see the devices again', async () => (await list(session)).status === 200 || undefined);
  });
});

describe('What it streams to a partner’s user', () => {
  /** Opens the stream, does something, and answers the event with which it closes. */
  async function lastAfter(act: () => Promise<{ status: number }>): Promise<DeviceEvent | undefined> {
    const stream = devices.stream(nils.session);
    expect(await stream.next()).toMatchObject({ value: { event: 'device' } });
    expect((await act()).status).toBeLessThan(300);
    let last: DeviceEvent | undefined;
    for await (const event of stream) last = event;
    return last;
  }

  it.each<[string, () => Promise<{ status: number }>]>([
    ['loses the grant', () => provider.call('DELETE', `${partnership.providerPath}/users/${nils.userId}`)],
    ['loses the permission', () => grant(['devices.manage'])],
    ['is cut by the ceiling', () => client.call('PATCH', partnership.clientPath, { body: { permissions: [] } })],
    ['works for a partner who disables it', () => provider.call('POST', `${partnership.providerPath}/disable`)],
    ['works for a partner who deletes it', () => provider.call('DELETE', partnership.providerPath)],
    ['works for a partner whom the client revokes', () => client.call('DELETE', partnership.clientPath)],
    ['goes home', () => nils.session.call('PATCH', '/v1/session', { body: { accountId: provider.accountId } })],
    ['signs out', () => nils.session.call('DELETE', '/v1/session')],
  ])('closes when that user %s', async (_what, act) => {
    expect(await lastAfter(act)).toMatchObject({ event: 'end' });
  });
});
