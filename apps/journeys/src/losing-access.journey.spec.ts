import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@valetkey/contracts';
import { z } from 'zod';
import { Client, type Owner, ownerOf, person, signedIn } from './client.ts';
import { eventually } from './eventually.ts';
import { type Introspect, introspectorOf } from './introspector.ts';
import { invite } from './invitations.ts';
import { giveKey, lend } from './lending.ts';
import { memberOf } from './members.ts';
import { membershipOf } from './membership-of.ts';
import { operatorOf } from './operator.ts';
import { accountScope, someone } from './service-provider.ts';
import { standIn } from './stand-in.ts';
import { OPERATOR_EMAIL, type Platform, startPlatform } from './start-platform.ts';
import { storedRows } from './stored-rows.ts';

const DAY_MS = 24 * 3600 * 1000;
const TIMES = 5;
const permissions = [
  { name: 'devices.view', description: 'See devices', roles: ['owner', 'manager', 'viewer'] },
  { name: 'devices.manage', description: 'Control devices', roles: ['owner', 'manager'] },
];

let platform: Platform;
let owner: Owner;
let introspect: Introspect;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{}, {}, {}] });
  owner = await ownerOf(platform, 'Harbour Cranes', someone('Ada'));
  const operator = await operatorOf(platform);
  await operator.call('PUT', '/v1/operator/permissions', { body: permissions });
  introspect = await introspectorOf(operator);
});
afterAll(async () => platform.stop());

/** How a credential fares with the account's own routes, with a proxy and with another team's service. */
async function fares(client: Client, path = owner.path): Promise<object> {
  const route = await client.call('GET', path);
  const proxy = await client.call('GET', '/v1/forward-auth');
  const told = await introspect(client);
  return {
    route: route.code ?? route.status,
    proxy: proxy.code ?? proxy.headers.get('x-valetkey-role'),
    told: told.active ? [told.role, told.scope.split(' ').toSorted().join(' ')] : 'inactive',
  };
}

/** From the answer on at the gateway that gave it, and within moments at the others. */
async function expectEverywhere(client: Client, expected: object): Promise<void> {
  const [first = '', ...others] = platform.gatewayUrls;
  expect(await fares(client.at(first))).toEqual(expected);
  for (const url of others) {
    await eventually(`${url} says ${JSON.stringify(expected)}`, async () => {
      const said = await fares(client.at(url));
      return JSON.stringify(said) === JSON.stringify(expected) || undefined;
    });
  }
}

const asManager = { route: 200, proxy: 'manager', told: ['manager', 'devices.manage devices.view'] };
const asViewer = { route: 200, proxy: 'viewer', told: ['viewer', 'devices.view'] };
const nowhere = { route: 'no_account', proxy: 'no_account', told: [undefined, ''] };
const refused = { route: 'unauthenticated', proxy: 'unauthenticated', told: 'inactive' };

describe('Who is made a viewer', () => {
  it('is one with the next request, wherever it goes, and a manager again likewise', async () => {
    const max = await memberOf(platform, owner, 'manager', { name: 'Max' });
    const { path } = await membershipOf('Max', owner);
    const change = async (role: Role) => (await owner.call('PATCH', path, { body: { role } })).status;
    await expectEverywhere(max, asManager);
    for (let times = 0; times < TIMES; times += 1) {
      expect(await change('viewer')).toBe(200);
      await expectEverywhere(max, asViewer);
      const organization = { body: { name: `Quay ${times}` } };
      expect((await max.call('POST', `${owner.path}/organizations`, organization)).code).toBe('forbidden');
      expect(await change('manager')).toBe(200);
      await expectEverywhere(max, asManager);
      expect((await max.call('POST', `${owner.path}/organizations`, organization)).status).toBe(201);
    }
  });
});

describe('Who loses their last membership', () => {
  it.each(['is removed', 'leaves'])('and %s stands nowhere at once, and goes on in another account', async (how) => {
    const name = `Vera who ${how}`;
    const vera = await memberOf(platform, owner, 'viewer', { name: name.replaceAll(' ', '-') });
    const own = z.object({ id: z.string() }).parse((await vera.call('POST', '/v1/accounts', { body: { name } })).body);
    await expectEverywhere(vera, asViewer);

    const { path } = await membershipOf(name.replaceAll(' ', '-'), owner);
    const gone = how === 'leaves' ? vera.call('DELETE', `${owner.path}/members/me`) : owner.call('DELETE', path);
    expect((await gone).status).toBe(204);
    await expectEverywhere(vera, nowhere);
    const { status, body } = await vera.call('GET', '/v1/session');
    expect(status).toBe(200);
    for (const member of ['account', 'organization', 'role']) expect(body).not.toHaveProperty(member);

    const choices = await vera.call('GET', '/v1/session/accounts');
    expect(choices.body).toMatchObject([{ account: { id: own.id, name }, role: 'owner' }]);
    expect((await vera.call('PATCH', '/v1/session', { body: { accountId: owner.accountId } })).code).toBe('not_found');
    const there = await standIn(vera, own.id);
    expect(await fares(there, there.path)).toMatchObject({ route: 200, proxy: 'owner' });
  });

  it('keeps what another one gives', async () => {
    const made = await owner.call('POST', `${owner.path}/organizations`, { body: { name: 'North quay' } });
    const north = z.object({ id: z.string() }).parse(made.body);
    const scope = { type: 'organization', id: north.id } as const;
    const nora = await memberOf(platform, owner, 'viewer', { name: 'Nora', scope });
    const { user, path } = await membershipOf('Nora', owner);
    const further = { userId: user.id, scope: accountScope(owner), role: 'manager' };
    expect((await owner.call('POST', `${owner.path}/members`, { body: further })).status).toBe(201);
    await expectEverywhere(nora, asManager);
    expect((await owner.call('DELETE', path)).status).toBe(204);
    await expectEverywhere(nora, asManager);
  });
});

describe('An account that its owner deletes', () => {
  const deletion = (confirmName: string) => owner.call('DELETE', owner.path, { body: { confirmName } });
  const redeem = (token: string) => owner.call('POST', '/v1/sessions/login-token', { body: { token } });
  let token: string;
  let program: Client;

  it('ends for everybody at once', async () => {
    const vera = await memberOf(platform, owner, 'viewer', { name: 'Vic' });
    token = (await lend(owner, { name: 'Visit', role: 'viewer' })).secret;
    const technician = await owner.redeem(token);
    program = new Client(owner.baseUrl, (await giveKey(owner, { name: 'Sync' })).secret, 'program');
    const pending = await invite(platform, owner, {
      email: someone('Late').email,
      scope: accountScope(owner),
      role: 'viewer',
    });
    expect((await deletion('harbour cranes')).code).toBe('wrong_name');
    for (const client of [vera, program]) await expectEverywhere(client, asViewer);

    expect((await deletion('Harbour Cranes')).status).toBe(204);
    for (const client of [owner, vera]) await expectEverywhere(client, nowhere);
    for (const client of [technician, program]) await expectEverywhere(client, refused);
    expect((await redeem(token)).code).toBe('invalid_token');
    const { name, password } = someone('Late');
    const accepted = { body: { token: pending.secret, name, password } };
    expect((await new Client(owner.baseUrl).call('POST', '/v1/invitations/accept', accepted)).code).toBe(
      'invalid_token',
    );
  });

  it('is as it was, but for its sessions, when platform staff restore it a day before it is too late', async () => {
    platform.clock.advance(29 * DAY_MS);
    const operator = await signedIn(platform, person(OPERATOR_EMAIL));
    const restored = await operator.call('POST', `/v1/operator/accounts/${owner.accountId}/restore`);
    expect(restored.status).toBe(200);
    await expectEverywhere(program, asViewer);
    expect((await redeem(token)).status).toBe(201);
    owner = await standIn(await signedIn(platform, someone('Ada')), owner.accountId);
    expect((await membershipOf('Max', owner)).role).toBe('manager');
  });

  it('is gone thirty days later: its rows, its trail and its events, but for a note that it is', async () => {
    expect(await storedEventsOf(owner.accountId)).toBeGreaterThan(10);
    expect((await deletion('Harbour Cranes')).status).toBe(204);
    platform.clock.advance(30 * DAY_MS);
    const left = await eventually('the end of its traces', async () => {
      const [rows, events] = [await tracesOf(owner.accountId), await storedEventsOf(owner.accountId)];
      return rows.length <= 2 && events <= 1 ? rows : undefined;
    });
    // Of the account its end, and of its owner, who stays, that they came with it.
    expect(left.toSorted()).toEqual(['account.purged', 'user.registered'].map((action) => `platform trail: ${action}`));
    expect(await fares(program)).toEqual(refused);
  }, 30_000);
});

/** The rows of all services that name an account, but for addresses of users; outboxes keep what is sent for a week. */
async function tracesOf(accountId: string): Promise<string[]> {
  const rows = await storedRows(platform);
  return rows
    .map(({ table, text }) => ({ table, text: text.replaceAll(`@${accountId}.example`, '') }))
    .filter(({ table, text }) => !table.endsWith('.outbox') && text.includes(accountId))
    .map(({ table, text }) => {
      const [, action] = /^\(00000000-0000-0000-0000-000000000000,.*,([a-z]+\.[a-z-]+),/.exec(text) ?? [];
      return table === 'audit.entries' && action ? `platform trail: ${action}` : table;
    });
}

/** How many access events of an account the stream holds. */
async function storedEventsOf(accountId: string): Promise<number> {
  const Info = z.object({ state: z.object({ subjects: z.record(z.string(), z.number()).optional() }) });
  const { nats } = await platform.bus.connect('setup');
  const body = JSON.stringify({ subjects_filter: `access.v1.${accountId}.>` });
  const { state } = Info.parse((await nats.request('$JS.API.STREAM.INFO.ACCESS', body)).json<unknown>());
  return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
}
