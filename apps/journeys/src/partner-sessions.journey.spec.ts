import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pageOf, Session } from '@valetkey/contracts';
import { Authenticator, halfMinutesOf } from './authenticator.ts';
import { expectAtEveryGateway, expectOut } from './at-every-gateway.ts';
import { type Owner, ownerOf, person, signedIn } from './client.ts';
import { type Introspect, introspectorOf } from './introspector.ts';
import { invite } from './invitations.ts';
import { authorize, type Partnership, partnershipOf, setModules } from './partnerships.ts';
import { accountScope } from './service-provider.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { type ProvidersUser, TwoCompanies } from './two-companies.ts';

let platform: Platform;
let companies: TwoCompanies;
let provider: Owner;
let client: Owner;
let partnership: Partnership;
let introspect: Introspect;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{}, {}] });
  companies = await TwoCompanies.of(platform);
  ({ provider, client } = companies);
  partnership = await companies.partnership(['devices.view', 'devices.manage']);
  introspect = await introspectorOf(companies.operator);
});
afterAll(async () => platform.stop());

const sessionOf = async ({ session }: Pick<ProvidersUser, 'session'>) =>
  Session.parse((await session.call('GET', '/v1/session')).body);

describe('A partner’s user at work', () => {
  it('is seen by the client’s owner among the live sessions, and put out', async () => {
    const nils = await companies.worker(partnership, 'Nils', ['devices.view']);
    const { body } = await client.call('GET', `${client.path}/sessions?kind=portal`);
    const { id } = await sessionOf(nils);
    const seen = pageOf(Session)
      .parse(body)
      .items.find((one) => one.id === id);
    expect(seen).toMatchObject({ subject: { name: 'Nils' }, role: 'partner', partnershipId: partnership.id });
    const own = await provider.call('GET', `${provider.path}/sessions?kind=portal&limit=100`);
    expect(
      pageOf(Session)
        .parse(own.body)
        .items.map((one) => one.id),
    ).not.toContain(id);
    expect((await client.call('DELETE', `${client.path}/sessions/${id}`)).status).toBe(204);
    await expectOut(platform, nils.session);
  });

  it('comes back to it when they sign in again', async () => {
    await companies.worker(partnership, 'Nora', ['devices.view']);
    const again = await signedIn(platform, companies.whoIs('Nora'));
    expect(await sessionOf({ session: again })).toMatchObject({
      account: { name: 'Harbour Cranes' },
      role: 'partner',
      permissions: ['devices.view'],
    });
  });

  it('but not to one that is disabled', async () => {
    await companies.worker(partnership, 'Olga', ['devices.view']);
    expect((await provider.call('POST', `${partnership.providerPath}/disable`)).status).toBe(200);
    const again = await signedIn(platform, companies.whoIs('Olga'));
    expect(await sessionOf({ session: again })).toMatchObject({ account: { name: 'Northern Light IT' } });
    expect((await provider.call('POST', `${partnership.providerPath}/activate`)).status).toBe(200);
  });

  it('enrols in two-factor first where the client demands it, without leaving', async () => {
    const demand = (requireTwoFactor: string) =>
      client.call('PATCH', `${client.path}/policy`, { body: { requireTwoFactor } });
    const otto = await companies.worker(partnership, 'Otto', ['devices.view']);
    await Authenticator.of(client, { password: person('clara@harbour.example').password }, halfMinutesOf(platform));
    expect((await demand('everyone')).status).toBe(200);
    const proxy = async (url: string) =>
      (await otto.session.at(url).call('GET', '/v1/forward-auth')).code ?? 'let through';
    await expectAtEveryGateway(platform, proxy, 'two_factor_required');
    expect(await introspect(otto.session)).toMatchObject({ active: true, scope: '' });
    await Authenticator.of(otto.session, companies.whoIs('Otto'), halfMinutesOf(platform));
    await expectAtEveryGateway(platform, proxy, 'let through');
    expect(await sessionOf(otto)).toMatchObject({ role: 'partner', permissions: ['devices.view'] });
    expect((await demand('off')).status).toBe(200);
  });
});

describe('Who works for two partners of one client', () => {
  it('loses with one of them what that one gave, and goes on for the other', async () => {
    const second = await ownerOf(platform, 'Southern Light IT', { ...person('sven@southern.example'), name: 'Sven' });
    await setModules(companies.operator, second, { partner: true });
    const other = await partnershipOf(second, client, ['devices.reset']);
    const paul = await companies.worker(partnership, 'Paul', ['devices.view']);
    const invited = { email: companies.emailOf('Paul'), scope: accountScope(second), role: 'viewer' } as const;
    const { secret: token } = await invite(platform, second, invited);
    const home = { body: { accountId: provider.accountId } };
    expect((await paul.session.call('PATCH', '/v1/session', home)).status).toBe(200);
    expect((await paul.session.call('POST', '/v1/invitations/accept', { body: { token } })).status).toBe(200);
    await authorize(second, other, [paul.userId], ['devices.reset']);
    const there = { body: { accountId: client.accountId } };
    expect((await paul.session.call('PATCH', '/v1/session', there)).status).toBe(200);
    expect((await provider.call('DELETE', `${partnership.providerPath}/users/${paul.userId}`)).status).toBe(204);
    expect(await sessionOf(paul)).toMatchObject({
      role: 'partner',
      permissions: ['devices.reset'],
      partnershipId: other.id,
      providerAccountId: second.accountId,
    });
    expect((await second.call('DELETE', `${other.providerPath}/users/${paul.userId}`)).status).toBe(204);
    expect((await paul.session.call('GET', '/v1/forward-auth')).code).toBe('no_account');
  });
});
