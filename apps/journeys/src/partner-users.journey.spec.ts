import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Organization, Session } from '@valetkey/contracts';
import { z } from 'zod';
import { storedEvents } from './access-stream.ts';
import { expectAtEveryGateway } from './at-every-gateway.ts';
import { inWords, trailOf } from './audit-trail.ts';
import type { Owner } from './client.ts';
import { type Introspect, introspectorOf } from './introspector.ts';
import { invite } from './invitations.ts';
import { membershipOf } from './membership-of.ts';
import { authorize, enter, type Partnership } from './partnerships.ts';
import { accountScope } from './service-provider.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { type ProvidersUser, TwoCompanies } from './two-companies.ts';

const Reachable = z.array(z.looseObject({ via: z.string() }));

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

const sessionOf = async ({ session }: ProvidersUser) => Session.parse((await session.call('GET', '/v1/session')).body);
const move = ({ session }: ProvidersUser, to: object) => session.call('PATCH', '/v1/session', { body: to });

describe('A partner’s user', () => {
  let nils: ProvidersUser;
  const permissions = ['devices.view'];

  it('finds the client among the accounts they can switch to', async () => {
    nils = await companies.join('Nils');
    const accounts = async () =>
      Reachable.parse((await nils.session.call('GET', '/v1/session/accounts')).body).toSorted((one, other) =>
        one.via.localeCompare(other.via),
      );
    const own = { account: { id: provider.accountId, name: 'Northern Light IT' }, role: 'viewer', via: 'membership' };
    expect(await accounts()).toEqual([own]);
    expect((await move(nils, { accountId: client.accountId })).code).toBe('not_found');

    await authorize(provider, partnership, [nils.userId], permissions);
    expect(await accounts()).toEqual([
      own,
      {
        account: { id: client.accountId, name: 'Harbour Cranes' },
        role: 'partner',
        via: 'partnership',
        partnershipId: partnership.id,
      },
    ]);
  });

  it('stands there as partner, with exactly the permissions granted', async () => {
    const { status, body } = await move(nils, { accountId: client.accountId });
    expect(status).toBe(200);
    const session = Session.parse(body);
    expect(session).toMatchObject({
      kind: 'portal',
      subject: { type: 'user', id: nils.userId, name: 'Nils' },
      account: { id: client.accountId, name: 'Harbour Cranes' },
      role: 'partner',
      permissions,
      partnershipId: partnership.id,
      providerAccountId: provider.accountId,
    });
    for (const member of ['actor', 'organization']) expect(session).not.toHaveProperty(member);
    expect(await sessionOf(nils)).toEqual({ ...session, lastSeenAt: expect.any(String) });
  });

  it('is introspected and let through as such', async () => {
    expect(await introspect(nils.session)).toMatchObject({
      active: true,
      kind: 'portal',
      sub: `user:${nils.userId}`,
      account_id: client.accountId,
      scope_type: 'account',
      role: 'partner',
      partnership_id: partnership.id,
      provider_account_id: provider.accountId,
      scope: 'devices.view',
    });
    const ask = (permission: string) => nils.session.call('GET', `/v1/forward-auth?permission=${permission}`);
    const { status, headers } = await ask('devices.view');
    const told = ['account', 'role', 'permissions', 'actor'].map((name) => headers.get(`x-valetkey-${name}`));
    expect([status, ...told]).toEqual([200, client.accountId, 'partner', 'devices.view', '']);
    expect(await ask('devices.manage')).toMatchObject({ status: 403, code: 'missing_permission' });
  });

  it('sees nothing of the client’s portal but their own session', async () => {
    const { path } = client;
    const portal = ['', '/organizations', '/members', '/policy', '/billing', '/partners', '/audit', '/sessions'];
    for (const route of [...portal.map((part) => path + part), '/v1/session/accounts', '/v1/users/me', '/v1/accounts'])
      expect({ route, code: (await nils.session.call('GET', route)).code }).toEqual({ route, code: 'portal_only' });
    const made = await nils.session.call('POST', `${path}/organizations`, { body: { name: 'Mine' } });
    expect(made.code).toBe('portal_only');
    expect((await nils.session.call('GET', `${provider.path}/organizations`)).code).toBe('not_found');
    const { body } = await client.call('GET', `${client.path}/members?query=Nils`);
    expect(body).toMatchObject({ items: [] });
  });

  it('may choose one of the client’s organizations, where the same holds', async () => {
    const made = await client.call('POST', `${client.path}/organizations`, { body: { name: 'North quay' } });
    const { id } = Organization.parse(made.body);
    expect(await move(nils, { organizationId: id })).toMatchObject({
      status: 200,
      body: { organization: { id, name: 'North quay' }, role: 'partner', permissions },
    });
    const { headers } = await nils.session.call('GET', '/v1/forward-auth?permission=devices.view');
    expect(headers.get('x-valetkey-organization')).toBe(id);
    expect((await move(nils, { organizationId: null })).body).not.toHaveProperty('organization');
  });

  it('may do at once what they are granted further, and no more what is taken', async () => {
    const edit = (granted: string[]) =>
      provider.call('PATCH', `${partnership.providerPath}/users/${nils.userId}`, { body: { permissions: granted } });
    const managing = async (url: string) =>
      (await nils.session.at(url).call('GET', '/v1/forward-auth?permission=devices.manage')).code ?? 'let through';
    for (let times = 0; times < 3; times += 1) {
      expect((await edit(['devices.view', 'devices.manage'])).status).toBe(200);
      await expectAtEveryGateway(platform, managing, 'let through');
      expect((await edit(permissions)).status).toBe(200);
      await expectAtEveryGateway(platform, managing, 'missing_permission');
    }
  });

  it('goes home again, each account hearing of its own half', async () => {
    const before = (await storedEvents(platform)).length;
    expect(await move(nils, { accountId: provider.accountId })).toMatchObject({
      status: 200,
      body: { account: { id: provider.accountId }, role: 'viewer' },
    });
    const { id, partnershipId } = await sessionOf(nils);
    expect(partnershipId).toBeUndefined();
    const moves = (await storedEvents(platform)).slice(before).filter(({ event }) => event.subject === id);
    const told = moves.map(({ event }) => [event.type.split('.').slice(2, 4).join('.'), event.accountid]).toSorted();
    expect(told).toEqual([
      ['session.entered', provider.accountId],
      ['session.left', client.accountId],
    ]);
    const [left, entered] = [client, provider].map(({ accountId }) =>
      moves.find(({ event }) => event.accountid === accountId),
    );
    expect(left?.text).not.toContain(provider.accountId);
    expect(entered?.text).not.toContain(client.accountId);
  });

  it('is in the client’s trail as who came and went', async () => {
    const { id } = await sessionOf(nils);
    const trail = await trailOf(client, `session:${id}`, 4);
    const words = trail.map(inWords);
    expect(words[0]).toBe('session.entered by user Nils');
    expect(words.at(-1)).toBe('session.left by user Nils');
  });
});

describe('A partner’s user who is a member of the client’s too', () => {
  it('stands there as a member, and as partner once that has ended', async () => {
    const nora = await companies.worker(partnership, 'Nora', ['devices.view']);
    expect(await sessionOf(nora)).toMatchObject({ role: 'partner' });
    const scope = accountScope(client);
    const { secret } = await invite(platform, client, { email: companies.emailOf('Nora'), scope, role: 'manager' });
    expect((await move(nora, { accountId: provider.accountId })).status).toBe(200);
    const accepted = await nora.session.call('POST', '/v1/invitations/accept', { body: { token: secret } });
    expect(accepted.status).toBe(200);
    await enter(nora.session, client);
    const member = await sessionOf(nora);
    expect(member).toMatchObject({ role: 'manager', permissions: ['devices.manage', 'devices.view'] });
    expect(member.partnershipId).toBeUndefined();
    const { body } = await nora.session.call('GET', '/v1/session/accounts');
    expect(body).toContainEqual(expect.objectContaining({ role: 'manager', via: 'membership' }));
    expect(JSON.stringify(body)).not.toContain('partnership');

    expect((await client.call('DELETE', (await membershipOf('Nora', client)).path)).status).toBe(204);
    const partner = await sessionOf(nora);
    expect(partner).toMatchObject({ role: 'partner', permissions: ['devices.view'], partnershipId: partnership.id });
  });
});

describe('A user who leaves the partner company', () => {
  it.each(['leaves', 'is removed'])('stands in the client’s account no more at once: who %s', async (how) => {
    const name = `Vic-who-${how}`.replaceAll(' ', '-');
    const vic = await companies.worker(partnership, name, ['devices.view']);
    if (how === 'leaves') {
      await move(vic, { accountId: provider.accountId });
      expect((await vic.session.call('DELETE', `${provider.path}/members/me`)).status).toBe(204);
    } else expect((await provider.call('DELETE', (await membershipOf(name, provider)).path)).status).toBe(204);
    const stands = async (url: string) => (await vic.session.at(url).call('GET', '/v1/forward-auth')).code;
    await expectAtEveryGateway(platform, stands, 'no_account');
    expect((await move(vic, { accountId: client.accountId })).code).toBe('not_found');
    for (const path of [`${partnership.providerPath}/users`, `${partnership.clientPath}/users`]) {
      const reader = path.startsWith(client.path) ? client : provider;
      expect((await reader.call('GET', `${path}?query=${name}`)).body).toMatchObject({ items: [] });
    }
  });
});
