import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Partner, PartnerToken, PartnerUser } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { keyOf } from './access-keys.ts';
import type { Owner } from './client.ts';
import { type GivenPartnerToken, type Partnership, partnerTokenOf, setModules } from './partnerships.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { TwoCompanies } from './two-companies.ts';

const DAY_MS = 24 * 3600 * 1000;
const Users = z.object({ items: z.array(PartnerUser) });

let platform: Platform;
let companies: TwoCompanies;
let provider: Owner;
let client: Owner;

beforeAll(async () => {
  platform = await startPlatform();
  companies = await TwoCompanies.of(platform);
  ({ provider, client } = companies);
});
afterAll(async () => platform.stop());

const takeUp = (token: string, permissions: readonly string[] = ['devices.view'], by = client) =>
  by.call('POST', `${by.path}/partners`, { body: { token, permissions } });
const tokenAt = async ({ path }: { path: string }) => PartnerToken.parse((await provider.call('GET', path)).body);

describe('Two companies come to work together', () => {
  let token: GivenPartnerToken;
  let partner: Partner;

  it('the partner makes a token, which is shown once', async () => {
    token = await partnerTokenOf(provider, { clientName: 'The cranes' });
    expect(token.secret).toMatch(/^vkp_\w{49}$/);
    const expiresAt = new Date(platform.clock.now().getTime() + 30 * DAY_MS).toISOString();
    const { id, createdAt } = token;
    const pending = {
      id,
      status: 'pending',
      clientName: 'The cranes',
      permissions: [],
      users: 0,
      createdAt,
      expiresAt,
    };
    expect((await provider.call('GET', token.path)).body).toEqual(pending);
    const tokens = await provider.call('GET', `${provider.path}/partner-tokens`);
    expect(tokens.body).toEqual({ items: [pending], nextCursor: null });
  });

  it('the client takes it up under a ceiling of its own', async () => {
    const answer = await takeUp(token.secret, ['devices.view', 'devices.manage', 'devices.view']);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`${client.path}/partners/${token.id}`);
    partner = Partner.parse(answer.body);
    expect(answer.body).toEqual({
      id: token.id,
      status: 'active',
      provider: { id: provider.accountId, name: 'Northern Light IT' },
      permissions: ['devices.manage', 'devices.view'],
      users: 0,
      createdAt: platform.clock.now().toISOString(),
    });
    const { expiresAt, ...active } = await tokenAt(token);
    expect(expiresAt).toBeUndefined();
    expect(active).toMatchObject({
      status: 'active',
      client: { id: client.accountId, name: 'Harbour Cranes' },
      permissions: ['devices.manage', 'devices.view'],
    });
  });

  it('the partner lets its people in, within it, and the client sees whom', async () => {
    const [nils, nora] = [await companies.join('Nils'), await companies.join('Nora', 'supporter')];
    const body = { userIds: [nils.userId, nora.userId], permissions: ['devices.view'] };
    const answer = await provider.call('POST', `${token.path}/users`, { body });
    expect(answer.status).toBe(201);
    const named = Users.parse(answer.body).items.map(({ user, permissions }) => [user.name, permissions]);
    expect(named.toSorted()).toEqual([
      ['Nils', ['devices.view']],
      ['Nora', ['devices.view']],
    ]);
    const seen = await client.call('GET', `${client.path}/partners/${partner.id}/users?query=nil`);
    expect(seen.body).toMatchObject({ items: [{ user: { id: nils.userId, name: 'Nils' } }], nextCursor: null });
    const mine = await provider.call('GET', `${token.path}/users?query=nor`);
    expect(mine.body).toMatchObject({ items: [{ user: { name: 'Nora' }, permissions: ['devices.view'] }] });
    expect(await tokenAt(token)).toMatchObject({ users: 2 });
    expect((await client.call('GET', `${client.path}/partners/${partner.id}`)).body).toMatchObject({ users: 2 });
  });

  it('and ends it: revoked is final, and another token begins another partnership', async () => {
    expect((await client.call('DELETE', `${client.path}/partners/${partner.id}`)).status).toBe(204);
    expect(await tokenAt(token)).toMatchObject({ status: 'revoked', users: 0 });
    for (const step of ['disable', 'activate'])
      expect((await provider.call('POST', `${token.path}/${step}`)).code).toBe('partnership_not_active');
    const revoked = `${client.path}/partners/${partner.id}`;
    const widened = await client.call('PATCH', revoked, { body: { permissions: ['devices.view'] } });
    expect(widened).toMatchObject({ status: 409, code: 'partnership_not_active' });
    expect((await client.call('DELETE', revoked)).code).toBe('partnership_not_active');
    expect((await takeUp(token.secret)).code).toBe('unknown_token');
    const next = await partnerTokenOf(provider);
    expect((await takeUp(next.secret)).status).toBe(201);
    await companies.end({ id: next.id, providerPath: next.path, clientPath: `${client.path}/partners/${next.id}` });
  });
});

describe('A token is refused', () => {
  it('for permissions that nobody has heard of, or none', async () => {
    const { secret } = await partnerTokenOf(provider);
    const unheard = await takeUp(secret, ['devices.view', 'devices.explode']);
    expect(unheard).toMatchObject({ status: 422, code: 'unknown_permission' });
    expect((await takeUp(secret, [])).code).toBe('malformed');
  });

  it('one’s own', async () => {
    const { secret } = await partnerTokenOf(provider);
    expect(await takeUp(secret, undefined, provider)).toMatchObject({ status: 422, code: 'own_token' });
    expect((await takeUp(secret)).status).toBe(201);
  });

  it('while there is a partnership between the two, disabled or not', async () => {
    const { body } = await client.call('GET', `${client.path}/partners?status=active`);
    const { id } = z.object({ items: z.tuple([Partner]) }).parse(body).items[0];
    const { secret } = await partnerTokenOf(provider);
    expect(await takeUp(secret)).toMatchObject({ status: 409, code: 'partnership_exists' });
    const active = `${provider.path}/partner-tokens/${id}`;
    expect((await provider.call('POST', `${active}/disable`)).status).toBe(200);
    expect((await takeUp(secret)).code).toBe('partnership_exists');
    expect((await provider.call('DELETE', active)).status).toBe(204);
    expect((await takeUp(secret)).status).toBe(201);
    expect((await client.call('DELETE', `${client.path}/partners/${id}`)).code).toBe('partnership_not_active');
  });

  it('that nobody knows, that is spent, deleted, or no token at all', async () => {
    const deleted = await partnerTokenOf(provider);
    expect((await provider.call('DELETE', deleted.path)).status).toBe(204);
    for (const secret of [makeSecret('vkp'), makeSecret('vkl'), deleted.secret, 'vkp_'])
      expect(await takeUp(secret)).toMatchObject({ status: 404, code: 'unknown_token' });
  });

  it('of a company that may be nobody’s partner', async () => {
    const { secret } = await partnerTokenOf(provider);
    await setModules(companies.operator, provider, { partner: false });
    expect((await takeUp(secret)).code).toBe('unknown_token');
    expect((await provider.call('GET', `${provider.path}/partner-tokens`)).code).toBe('module_disabled');
    await setModules(companies.operator, provider, { partner: true });
    await setModules(companies.operator, client, { client: false });
    expect((await takeUp(secret)).code).toBe('module_disabled');
    await setModules(companies.operator, client, { client: true });
  });

  it('of whoever is no owner of the client, a key among them', async () => {
    const { program } = await keyOf(client, { name: 'Sync', role: 'manager' });
    const { secret } = await partnerTokenOf(provider);
    const body = { token: secret, permissions: ['devices.view'] };
    expect((await program.call('POST', `${client.path}/partners`, { body })).code).toBe('key_not_allowed');
  });
});

it('Of two clients who take up one token at the same time, one has a partner', async () => {
  const { operator: maker } = companies;
  await setModules(maker, maker, { partner: true });
  for (let times = 0; times < 5; times += 1) {
    const { secret, path } = await partnerTokenOf(maker);
    const answers = await Promise.all([takeUp(secret, undefined, client), takeUp(secret, undefined, provider)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 404]);
    expect((await maker.call('DELETE', path)).status).toBe(204);
  }
});

describe('A partner authorizes its people', () => {
  let partnership: Partnership;
  let users: string;
  beforeEach(async () => {
    const { body } = await client.call('GET', `${client.path}/partners?query=Northern`);
    for (const { id, status } of z.object({ items: z.array(Partner) }).parse(body).items)
      if (status !== 'revoked') await client.call('DELETE', `${client.path}/partners/${id}`);
    partnership = await companies.partnership(['devices.view', 'devices.reset']);
    users = `${partnership.providerPath}/users`;
  });
  const permissions = ['devices.view'];
  const listed = async () => Users.parse((await provider.call('GET', users)).body).items;

  it('all of those named, or none', async () => {
    const { userId } = await companies.join(`Nils-${uuidv7()}`);
    const authorize = (userIds: string[], granted: readonly string[] = permissions) =>
      provider.call('POST', users, { body: { userIds, permissions: granted } });
    const strangers = await authorize([userId, uuidv7()]);
    expect(strangers).toMatchObject({ status: 422, code: 'not_a_member' });
    const above = await authorize([userId], ['devices.view', 'devices.manage']);
    expect(above).toMatchObject({ status: 422, code: 'above_ceiling' });
    expect(await listed()).toEqual([]);
    expect((await authorize([userId])).status).toBe(201);
    const { userId: another } = await companies.join(`Nora-${uuidv7()}`);
    const again = await authorize([another, userId]);
    expect(again).toMatchObject({ status: 409, code: 'already_authorized' });
    expect((await listed()).map(({ user }) => user.id)).toEqual([userId]);
    expect((await authorize(Array.from({ length: 101 }, () => uuidv7()))).code).toBe('malformed');
  });

  it('edits what they may do within the ceiling, and takes it from them', async () => {
    const { userId } = await companies.join(`Nils-${uuidv7()}`);
    expect((await provider.call('POST', users, { body: { userIds: [userId], permissions } })).status).toBe(201);
    const one = `${users}/${userId}`;
    const edit = (granted: string[]) => provider.call('PATCH', one, { body: { permissions: granted } });
    expect((await edit(['devices.manage'])).code).toBe('above_ceiling');
    expect(await edit(['devices.view', 'devices.reset'])).toMatchObject({
      status: 200,
      body: { permissions: ['devices.reset', 'devices.view'] },
    });
    expect((await provider.call('DELETE', one)).status).toBe(204);
    expect((await edit(permissions)).code).toBe('not_found');
    expect(await listed()).toEqual([]);
  });

  it('while the partnership is active, though it may take from them while it is disabled', async () => {
    const { userId } = await companies.join(`Nils-${uuidv7()}`);
    const authorize = () => provider.call('POST', users, { body: { userIds: [userId], permissions } });
    expect((await authorize()).status).toBe(201);
    expect((await provider.call('POST', `${partnership.providerPath}/disable`)).status).toBe(200);
    expect((await authorize()).code).toBe('partnership_not_active');
    const edit = await provider.call('PATCH', `${users}/${userId}`, { body: { permissions } });
    expect(edit.code).toBe('partnership_not_active');
    expect((await provider.call('DELETE', `${users}/${userId}`)).status).toBe(204);
  });

  it('by its owners and managers, while viewers look on and supporters see nothing', async () => {
    const { userId } = await companies.join(`Nils-${uuidv7()}`);
    const body = { userIds: [userId], permissions };
    const outcomes = async (role: 'manager' | 'viewer' | 'supporter') => {
      const { session } = await companies.join(`A-${role}-${uuidv7()}`, role);
      const answers = [await session.call('GET', users), await session.call('POST', users, { body })];
      return answers.map(({ code, status }) => code ?? status);
    };
    expect(await outcomes('viewer')).toEqual([200, 'forbidden']);
    expect(await outcomes('supporter')).toEqual(['forbidden', 'forbidden']);
    expect(await outcomes('manager')).toEqual([200, 201]);
  });

  it('and nobody but the two companies finds the partnership', async () => {
    const theirs = companies.operator;
    await setModules(theirs, theirs, { partner: true, client: true });
    for (const path of [`${theirs.path}/partner-tokens/${partnership.id}`, `${theirs.path}/partners/${partnership.id}`])
      expect((await theirs.call('GET', path)).code).toBe('not_found');
    const asClient = `${provider.path}/partners/${partnership.id}`;
    expect((await provider.call('GET', asClient)).code).toBe('not_found');
    const asProvider = `${client.path}/partner-tokens/${partnership.id}`;
    expect((await client.call('DELETE', asProvider)).code).toBe('not_found');
  });
});
