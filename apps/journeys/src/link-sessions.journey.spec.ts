import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Organization, pageOf, Session } from '@valetkey/contracts';
import { redeemLink } from './access-links.ts';
import { expectOut } from './at-every-gateway.ts';
import { inWords, trailOf } from './audit-trail.ts';
import { Client, type Owner } from './client.ts';
import { type Introspect, introspectorOf } from './introspector.ts';
import { organizationScope } from './service-provider.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { SupportDesk } from './support-desk.ts';

let platform: Platform;
let desk: SupportDesk;
let owner: Owner;
let sam: Owner;
let introspect: Introspect;
let quay: Organization;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{}, {}] });
  desk = await SupportDesk.of(platform);
  ({ owner, sam } = desk);
  introspect = await introspectorOf(desk.operator);
  const made = await owner.call('POST', `${owner.path}/organizations`, { body: { name: 'North quay' } });
  quay = Organization.parse(made.body);
});
afterAll(async () => platform.stop());

describe('A session that a link opened', () => {
  let session: Client;
  beforeEach(async () => {
    const name = `Max-${crypto.randomUUID()}`;
    await desk.join(name, 'manager');
    session = await desk.enter(await desk.linkFor(name));
  });

  it('reads what the user’s role reads', async () => {
    for (const readable of ['', '/organizations', '/members', '/login-tokens', '/audit'])
      expect((await session.call('GET', owner.path + readable)).status).toBe(200);
    for (const hidden of ['/billing', '/access-keys', '/access-links'])
      expect((await session.call('GET', owner.path + hidden)).code).toBe('forbidden');
  });

  it('changes nothing, and does nothing that is the user’s own affair', async () => {
    const organization = `${owner.path}/organizations/${quay.id}`;
    for (const [method, path] of [
      ['POST', `${owner.path}/organizations`],
      ['PATCH', organization],
      ['DELETE', organization],
      ['POST', `${owner.path}/login-tokens`],
      ['POST', `${owner.path}/access-links`],
      ['POST', `${owner.path}/invitations`],
      ['DELETE', `${owner.path}/members/me`],
      ['GET', '/v1/users/me'],
      ['PUT', '/v1/users/me/password'],
      ['POST', '/v1/users/me/two-factor'],
      ['GET', '/v1/users/me/sessions'],
      ['GET', '/v1/accounts'],
      ['POST', '/v1/accounts'],
      ['GET', '/v1/session/accounts'],
      ['POST', '/v1/invitations/accept'],
    ] as const)
      expect({ method, path, code: (await session.call(method, path, method === 'GET' ? {} : { body: {} })).code }) //
        .toEqual({ method, path, code: 'link_session' });
  });

  it('stays in its account', async () => {
    const { accountId } = desk.operator;
    const elsewhere = await session.call('PATCH', '/v1/session', { body: { accountId } });
    expect(elsewhere.code).toBe('not_found');
    const here = await session.call('PATCH', '/v1/session', {
      body: { accountId: owner.accountId, organizationId: quay.id },
    });
    expect(here).toMatchObject({ status: 200, body: { organization: { name: 'North quay' }, role: 'manager' } });
    expect((await session.call('GET', desk.operator.path)).code).toBe('not_found');
  });

  it('of one who belongs to an organization alone is theirs', async () => {
    await desk.join('Orla', 'viewer', organizationScope(quay));
    const orla = await desk.enter(await desk.linkFor('Orla'));
    expect((await orla.call('GET', '/v1/session')).body).toMatchObject({
      organization: { id: quay.id, name: 'North quay' },
      role: 'viewer',
    });
    expect((await orla.call('GET', `${owner.path}/organizations`)).body).toMatchObject({ items: [{ id: quay.id }] });
    expect((await orla.call('GET', `${owner.path}/login-tokens`)).code).toBe('forbidden');
  });

  it('leaves alone those that the user opened themselves', async () => {
    const name = `Own-${crypto.randomUUID()}`;
    const own = await desk.join(name);
    const link = await desk.linkFor(name);
    await desk.enter(link);
    const { body } = await own.call('GET', '/v1/users/me/sessions');
    expect(body).toMatchObject({ items: [{ kind: 'portal' }] });
    expect((await own.call('DELETE', '/v1/users/me/sessions')).status).toBe(204);
    expect((await sam.call('DELETE', link.path)).status).toBe(204);
    expect((await own.call('GET', '/v1/session')).status).toBe(200);
  });

  it('is seen by the owner, and ended', async () => {
    const { id } = Session.parse((await session.call('GET', '/v1/session')).body);
    const { body } = await owner.call('GET', `${owner.path}/sessions?kind=access_link&limit=100`);
    const seen = pageOf(Session)
      .parse(body)
      .items.find((one) => one.id === id);
    expect(seen).toMatchObject({ kind: 'access_link', actor: { type: 'access-link', actor: { name: 'Sam' } } });
    expect((await owner.call('DELETE', `${owner.path}/sessions/${id}`)).status).toBe(204);
    await expectOut(platform, session);
  });
});

describe('A link that is deleted', () => {
  it('is gone at once at every gateway, with all its sessions', async () => {
    const link = await desk.linkForNew('Dora');
    const sessions = [await desk.enter(link), await desk.enter(link)];
    for (const url of platform.gatewayUrls)
      for (const one of sessions) expect((await one.at(url).call('GET', '/v1/session')).status).toBe(200);

    expect((await sam.call('DELETE', link.path)).status).toBe(204);
    for (const one of sessions) {
      await expectOut(platform, one);
      expect(await introspect(one)).toEqual({ active: false });
    }
    expect(await redeemLink(desk.url, link.secret)).toMatchObject({ status: 401, code: 'invalid_link' });
    expect(
      (await new Client(desk.url).call('POST', '/v1/access-links/preview', { body: { token: link.secret } })).code,
    ).toBe('invalid_link');
    expect((await sam.call('GET', link.path)).code).toBe('not_found');
    expect((await sam.call('DELETE', link.path)).code).toBe('not_found');
    expect((await trailOf(owner, `access-link:${link.id}`, 4)).map(inWords).at(-1)).toBe(
      'access-link.deleted by user Sam',
    );
  });
});
