import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TwoFactorDemand } from '@valetkey/contracts';
import { z } from 'zod';
import { Authenticator, halfMinutesOf } from './authenticator.ts';
import { Client, opened, type Owner, ownerOf, type Person, person } from './client.ts';
import { eventually } from './eventually.ts';
import { type Introspect, introspectorOf } from './introspector.ts';
import { giveKey, lend } from './lending.ts';
import { memberOf } from './members.ts';
import { membershipOf } from './membership-of.ts';
import { operatorOf } from './operator.ts';
import { someone } from './service-provider.ts';
import { standIn } from './stand-in.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const ada = someone('Ada');

let platform: Platform;
let operator: Owner;
let introspect: Introspect;
let owner: Owner;
/** The same user in an account that demands nothing. */
let elsewhere: Owner;
let max: Owner;
let adasCodes: Authenticator;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{}, {}] });
  owner = await ownerOf(platform, 'Harbour Cranes', ada);
  const second = z.object({ id: z.string() });
  const { id } = second.parse((await owner.call('POST', '/v1/accounts', { body: { name: 'Elsewhere' } })).body);
  elsewhere = await standIn(await signIn(ada), id);
  max = await memberOf(platform, owner, 'manager', { name: 'Max' });
  operator = await operatorOf(platform);
  introspect = await introspectorOf(operator);
});
afterAll(async () => platform.stop());

const enrol = (user: Client, who: Person) => Authenticator.of(user, who, halfMinutesOf(platform));

/** Of a user that {@link memberOf} has made. */
const memberCalled = (name: string): Person => person(`${name}@${owner.accountId}.example`);

async function signIn({ email, password }: Person, codes?: Authenticator): Promise<Client> {
  const anybody = new Client(platform.gatewayUrls[0] ?? '');
  const answer = await anybody.call('POST', '/v1/sessions', { body: { email, password } });
  if (!codes) return new Client(anybody.baseUrl, opened(answer).secret);
  const { challenge } = z.object({ challenge: z.string() }).parse(answer.body);
  const body = { challenge, code: codes.code() };
  return new Client(anybody.baseUrl, opened(await anybody.call('POST', '/v1/sessions/two-factor', { body })).secret);
}

const demand = async (requireTwoFactor: TwoFactorDemand, by = owner) => {
  const { status, code } = await by.call('PATCH', `${by.path}/policy`, { body: { requireTwoFactor } });
  return code ?? status;
};

/** How a credential fares with the account's own routes, with a proxy and with another team's service. */
async function fares(client: Client, { accountId, path } = owner): Promise<'in' | 'must enrol' | object> {
  const route = await client.call('GET', `${path}/organizations`);
  const proxy = await client.call('GET', '/v1/forward-auth');
  const told = await introspect(client);
  const stands = told.active && told.account_id === accountId && told.role !== undefined;
  const mustEnrol = [route, proxy].map(({ code }) => code === 'two_factor_required');
  if (told.active && mustEnrol.every(Boolean) && !told.account_id && !told.role && told.scope === '')
    return 'must enrol';
  return route.status === 200 && proxy.status === 200 && stands ? 'in' : { route: route.code, proxy: proxy.code, told };
}

/** From the answer on at the gateway that gave it, and within moments at the other. */
async function expectFares(client: Client, expected: 'in' | 'must enrol', where = owner): Promise<void> {
  const [first = '', second = ''] = platform.gatewayUrls;
  expect(await fares(client.at(first), where)).toBe(expected);
  await eventually(`the second gateway says "${expected}"`, async () =>
    (await fares(client.at(second), where)) === expected ? true : undefined,
  );
}

describe('An account that demands two-factor of its owners', () => {
  it('has them enrol at once, who are signed in already too, and nobody else', async () => {
    const technician = await owner.redeem((await lend(owner, { name: 'Visit' })).secret);
    const program = new Client(owner.baseUrl, (await giveKey(owner, { name: 'Sync' })).secret, 'program');
    const others = [max, technician, program];
    for (const client of [owner, ...others]) await expectFares(client, 'in');
    expect(await demand('owners')).toBe(200);
    await expectFares(owner, 'must enrol');
    for (const client of others) await expectFares(client, 'in');
    expect(await demand('off')).toBe('two_factor_required');
  });

  it('lets them go wherever nobody demands it', async () => {
    await expectFares(elsewhere, 'in', elsewhere);
    const again = await signIn(ada);
    await standIn(again, owner.accountId);
    await expectFares(again, 'must enrol');
    await expectFares(await standIn(again, elsewhere.accountId), 'in', elsewhere);
  });

  it('lets them do everything again once they have enrolled, in each of their sessions', async () => {
    const other = await standIn(await signIn(ada), owner.accountId);
    await expectFares(other, 'must enrol');
    adasCodes = await enrol(owner, ada);
    for (const client of [owner, other]) await expectFares(client, 'in');
    expect((await owner.call('POST', `${owner.path}/organizations`, { body: { name: 'Quay 1' } })).status).toBe(201);
    await expectFares(await standIn(await signIn(ada, adasCodes), owner.accountId), 'in');
  });
});

describe('An account that demands it of everyone', () => {
  it('has its managers enrol at once as well', async () => {
    await expectFares(max, 'in');
    expect(await demand('everyone')).toBe(200);
    await expectFares(max, 'must enrol');
    await expectFares(owner, 'in');
    await expectFares(await signIn(memberCalled('Max')), 'must enrol');
  });

  it('has whoever turns it off enrol anew', async () => {
    const codes = await enrol(max, memberCalled('Max'));
    await expectFares(max, 'in');
    const body = { currentPassword: memberCalled('Max').password, code: codes.code() };
    expect((await max.call('DELETE', '/v1/users/me/two-factor', { body })).status).toBe(204);
    await expectFares(max, 'must enrol');
  });
});

describe('Two-factor that is reset for somebody who lost their authenticator', () => {
  const reset = async (by: Owner, userId: string) => {
    const { status, code } = await by.call('POST', `${by.path}/members/${userId}/two-factor-reset`);
    return code ?? status;
  };
  const resetByOperator = async (userId: string, by: Client = operator) => {
    const { status, code } = await by.call('POST', `/v1/operator/users/${userId}/two-factor-reset`);
    return code ?? status;
  };
  const userId = async (name: string) => (await membershipOf(name, owner)).user.id;

  it('by the owner, for one who is a member there alone: they must enrol anew, and are told', async () => {
    await enrol(max, memberCalled('Max'));
    await expectFares(max, 'in');
    expect(await reset(owner, await userId('Max'))).toBe(200);
    await expectFares(max, 'must enrol');
    const email = memberCalled('Max').email.toLowerCase();
    await platform.mailbox.waitFor(
      ({ envelope, subject }) => envelope.to.includes(email) && subject === 'Your two-factor authentication was reset',
      { timeoutMs: 10_000 },
    );
    expect(await reset(owner, await userId('Max'))).toBe('two_factor_off');
  });

  it('not by the owner for one who is a member elsewhere too: by platform staff', async () => {
    const wanda = await memberOf(platform, owner, 'viewer', { name: 'Wanda' });
    await enrol(wanda, memberCalled('Wanda'));
    expect((await wanda.call('POST', '/v1/accounts', { body: { name: 'Wanda alone' } })).status).toBe(201);
    const id = await userId('Wanda');
    expect(await reset(owner, id)).toBe('forbidden');
    expect(await resetByOperator(id, owner)).toBe('forbidden');
    await expectFares(wanda, 'in');
    expect(await resetByOperator(id)).toBe(200);
    await expectFares(wanda, 'must enrol');
  });

  it('not by a manager, not for oneself, and not from another account', async () => {
    await enrol(max, memberCalled('Max'));
    expect(await reset(max, await userId('Wanda'))).toBe('forbidden');
    expect(await reset(owner, await userId('Ada'))).toBe('own_role');
    expect(await reset(elsewhere, await userId('Max'))).toBe('not_found');
    await expectFares(max, 'in');
  });
});

it('An account that demands it no longer has everybody back at once', async () => {
  const vera = await memberOf(platform, owner, 'viewer', { name: 'Vera' });
  await expectFares(vera, 'must enrol');
  expect(await demand('off')).toBe(200);
  await expectFares(vera, 'in');
});
