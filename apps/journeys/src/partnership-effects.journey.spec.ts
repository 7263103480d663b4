import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PartnerUser, Session } from '@valetkey/contracts';
import { z } from 'zod';
import { expectAtEveryGateway } from './at-every-gateway.ts';
import { trailOf } from './audit-trail.ts';
import { type Client, type Owner, person, signedIn } from './client.ts';
import { eventually } from './eventually.ts';
import { type Introspect, introspectorOf } from './introspector.ts';
import { type Partnership, setModules } from './partnerships.ts';
import { OPERATOR_EMAIL, type Platform, startPlatform } from './start-platform.ts';
import { type ProvidersUser, TwoCompanies } from './two-companies.ts';

const everything = ['devices.manage', 'devices.reset', 'devices.view'];

let platform: Platform;
let companies: TwoCompanies;
let provider: Owner;
let client: Owner;
let introspect: Introspect;
let partnership: Partnership;
/** Who may do everything, and who may look on. */
let nils: ProvidersUser;
let vera: ProvidersUser;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{}, {}] });
  companies = await TwoCompanies.of(platform);
  introspect = await introspectorOf(companies.operator);
  ({ provider, client } = companies);
});
afterAll(async () => platform.stop());

let round = 0;
beforeEach(async () => {
  round += 1;
  if (round > 1) await client.call('DELETE', partnership.clientPath);
  partnership = await companies.partnership(everything);
  nils = await companies.worker(partnership, `Nils-${round}`, everything);
  vera = await companies.worker(partnership, `Vera-${round}`, ['devices.view']);
});

/** How a session fares with a proxy and with another team's service. */
async function fares(session: Client, url: string): Promise<object> {
  const proxy = await session.at(url).call('GET', '/v1/forward-auth');
  const told = await introspect(session, url);
  return {
    proxy: proxy.code ?? proxy.headers.get('x-valetkey-permissions'),
    told: told.active ? [told.account_id ?? 'nowhere', told.role ?? 'nobody', told.scope] : 'inactive',
  };
}
const expectFares = ({ session }: ProvidersUser, expected: object) =>
  expectAtEveryGateway(platform, (url) => fares(session, url), expected);

const granted = (permissions: readonly string[]) => ({
  proxy: permissions.join(' '),
  told: [client.accountId, 'partner', permissions.join(' ')],
});
const nowhere = { proxy: 'no_account', told: ['nowhere', 'nobody', ''] };
const suspended = () => ({ proxy: 'partnership_disabled', told: [client.accountId, 'partner', ''] });

const ceiling = async (permissions: readonly string[]) =>
  expect((await client.call('PATCH', partnership.clientPath, { body: { permissions } })).status).toBe(200);
const turn = async (how: 'disable' | 'activate', status: string) =>
  expect(await provider.call('POST', `${partnership.providerPath}/${how}`)).toMatchObject({
    status: 200,
    body: { status },
  });
const reenter = async ({ session }: ProvidersUser) => {
  const { code, status } = await session.call('PATCH', '/v1/session', { body: { accountId: client.accountId } });
  return code ?? status;
};

/** The client’s trail says that the session has come and gone. */
async function expectToldLeft({ session }: ProvidersUser): Promise<void> {
  const { id } = Session.parse((await session.call('GET', '/v1/session')).body);
  const [entered, left] = await trailOf(client, `session:${id}`, 2);
  expect([entered?.action, left?.action]).toEqual(['session.entered', 'session.left']);
}

/** Nobody gets back in, and whoever was in goes on at home. */
async function expectOver(): Promise<void> {
  for (const user of [nils, vera]) {
    await expectFares(user, nowhere);
    await expectToldLeft(user);
    expect(await user.session.call('GET', '/v1/session')).toMatchObject({ status: 200, body: { permissions: [] } });
    expect(await reenter(user)).toBe('not_found');
    const home = await user.session.call('PATCH', '/v1/session', { body: { accountId: provider.accountId } });
    expect(home).toMatchObject({ status: 200, body: { role: 'viewer' } });
  }
}

describe('Narrowing the ceiling', () => {
  it('cuts what every user may do, at once and for good', async () => {
    await ceiling(['devices.reset', 'devices.view']);
    await expectFares(nils, granted(['devices.reset', 'devices.view']));
    await expectFares(vera, granted(['devices.view']));
    await ceiling(['devices.reset']);
    await expectFares(nils, granted(['devices.reset']));
    await expectFares(vera, granted([]));
    await ceiling(everything);
    await expectFares(nils, granted(['devices.reset']));
    await expectFares(vera, granted([]));
    const { items } = z
      .object({ items: z.array(PartnerUser) })
      .parse((await provider.call('GET', `${partnership.providerPath}/users`)).body);
    expect(items.map(({ permissions }) => permissions).toSorted()).toEqual([[], ['devices.reset']]);
    const edit = await provider.call('PATCH', `${partnership.providerPath}/users/${vera.userId}`, {
      body: { permissions: ['devices.manage'] },
    });
    expect(edit.status).toBe(200);
    await expectFares(vera, granted(['devices.manage']));
  });

  it('never leaves anybody more than it allows, however close a grant comes to it', async () => {
    for (let times = 0; times < 5; times += 1) {
      await ceiling(everything);
      const grant = provider.call('PATCH', `${partnership.providerPath}/users/${vera.userId}`, {
        body: { permissions: everything },
      });
      await Promise.all([ceiling(['devices.view']), grant]);
      expect(['above_ceiling', undefined]).toContain((await grant).code);
      await expectFares(vera, granted(['devices.view']));
    }
  });

  it('to nothing leaves them standing there with nothing', async () => {
    await ceiling([]);
    for (const user of [nils, vera]) await expectFares(user, granted([]));
    expect(await reenter(nils)).toBe(200);
  });
});

it('Two owners who change the ceiling at once do not undo each other’s change unseen', async () => {
  const { headers } = await client.call('GET', partnership.clientPath);
  const ifMatch = { 'if-match': headers.get('etag') ?? '' };
  const change = (permissions: string[]) =>
    client.call('PATCH', partnership.clientPath, { headers: ifMatch, body: { permissions } });
  expect((await change(['devices.view'])).status).toBe(200);
  expect(await change(everything)).toMatchObject({ status: 412, code: 'precondition_failed' });
  await expectFares(nils, granted(['devices.view']));
});

describe('A disabled partnership', () => {
  it('keeps who stands there, without permissions, until it is active again', async () => {
    await turn('disable', 'disabled');
    for (const user of [nils, vera]) await expectFares(user, suspended());
    const { body } = await nils.session.call('GET', '/v1/session');
    expect(body).toMatchObject({ account: { name: 'Harbour Cranes' }, role: 'partner', permissions: [] });
    await turn('disable', 'disabled');
    await turn('activate', 'active');
    await expectFares(nils, granted(everything));
    await expectFares(vera, granted(['devices.view']));
    await turn('activate', 'active');
  });

  it('lets nobody in anew', async () => {
    await nils.session.call('PATCH', '/v1/session', { body: { accountId: provider.accountId } });
    await turn('disable', 'disabled');
    expect(await reenter(nils)).toBe('not_found');
    const choices = await nils.session.call('GET', '/v1/session/accounts');
    expect(JSON.stringify(choices.body)).not.toContain(client.accountId);
    await turn('activate', 'active');
    expect(await reenter(nils)).toBe(200);
  });

  it('is narrowed all the same, and comes back no wider', async () => {
    await turn('disable', 'disabled');
    await ceiling(['devices.view']);
    await expectFares(nils, suspended());
    await turn('activate', 'active');
    await expectFares(nils, granted(['devices.view']));
  });
});

describe('It is over at once, for good, when', () => {
  it('the client revokes it, disabled or not', async () => {
    await turn('disable', 'disabled');
    await companies.end(partnership);
    expect((await provider.call('POST', `${partnership.providerPath}/activate`)).code).toBe('partnership_not_active');
    await expectOver();
  });

  it('the partner deletes it, which the client sees as revoked', async () => {
    expect((await provider.call('DELETE', partnership.providerPath)).status).toBe(204);
    await expectOver();
    expect((await provider.call('GET', partnership.providerPath)).code).toBe('not_found');
    expect((await client.call('GET', partnership.clientPath)).body).toMatchObject({ status: 'revoked', users: 0 });
    expect((await client.call('GET', `${partnership.clientPath}/users`)).body).toMatchObject({ items: [] });
  });

  it('the client revokes it while the partner activates it', async () => {
    for (let times = 0; times < 3; times += 1) {
      if (times > 0) partnership = await companies.partnership(everything);
      await turn('disable', 'disabled');
      const activation = provider.call('POST', `${partnership.providerPath}/activate`);
      await Promise.all([companies.end(partnership), activation]);
      expect((await provider.call('GET', partnership.providerPath)).body).toMatchObject({ status: 'revoked' });
      await expectFares(nils, nowhere);
    }
  });

  it('for one user, who loses the grant', async () => {
    const users = `${partnership.providerPath}/users`;
    expect((await provider.call('DELETE', `${users}/${nils.userId}`)).status).toBe(204);
    await expectFares(nils, nowhere);
    await expectToldLeft(nils);
    expect(await reenter(nils)).toBe('not_found');
    await expectFares(vera, granted(['devices.view']));
  });
});

describe('While the module is off', () => {
  it.each(['partner', 'client'] as const)(
    'that of the %s, they stand nowhere; and may come back after',
    async (side) => {
      const company = side === 'partner' ? provider : client;
      await setModules(companies.operator, company, { [side]: false });
      for (const user of [nils, vera]) {
        await expectFares(user, nowhere);
        expect(await reenter(user)).toBe('not_found');
      }
      await setModules(companies.operator, company, { [side]: true });
      for (const [user, permissions] of [
        [nils, everything],
        [vera, ['devices.view']],
      ] as const) {
        await eventually('they may come back', async () => (await reenter(user)) === 200 || undefined);
        await expectFares(user, granted(permissions));
      }
    },
  );
});

describe('A company whose account is deleted', () => {
  it.each(['partner', 'client'] as const)('the %s’s, ends all of it until it is restored', async (side) => {
    const company = side === 'partner' ? provider : client;
    const confirmName = side === 'partner' ? 'Northern Light IT' : 'Harbour Cranes';
    expect((await company.call('DELETE', company.path, { body: { confirmName } })).status).toBe(204);
    for (const user of [nils, vera]) {
      await expectFares(user, nowhere);
      expect(await reenter(user)).toBe('not_found');
    }
    const operator = await signedIn(platform, person(OPERATOR_EMAIL));
    const restored = await operator.call('POST', `/v1/operator/accounts/${company.accountId}/restore`);
    expect(restored.status).toBe(200);
    await eventually('they may come back', async () => (await reenter(nils)) === 200 || undefined);
    await expectFares(nils, granted(everything));
    await companies.backAtWork();
    ({ provider, client } = companies);
  });
});
