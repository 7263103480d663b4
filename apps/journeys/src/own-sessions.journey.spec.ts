import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account, Membership, pageOf, Session } from '@valetkey/contracts';
import { Client, opened, type Owner, ownerOf, person } from './client.ts';
import { eventually } from './eventually.ts';
import { lend } from './lending.ts';
import { memberOf } from './members.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const MINUTE = 60_000;
const path = '/v1/users/me/sessions';

let platform: Platform;
let owner: Owner;
/** A manager at Harbour Cranes who has an account of their own besides. */
let max: Owner;
let own: Account;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  max = await memberOf(platform, owner, 'manager', { name: 'max' });
  own = Account.parse((await max.call('POST', '/v1/accounts', { body: { name: 'Max & Co' } })).body);
});
afterAll(async () => {
  await platform.stop();
});

async function signIn(userAgent: string, who = person(`max@${owner.accountId}.example`)): Promise<Client> {
  platform.clock.advance(1); // ids made in one millisecond have no order
  const { email, password } = who;
  const client = new Client(owner.baseUrl, undefined, userAgent);
  const { secret } = opened(await client.call('POST', '/v1/sessions', { body: { email, password } }));
  return new Client(owner.baseUrl, secret, userAgent);
}

const shown = async (client: Client) => Session.parse((await client.call('GET', '/v1/session')).body);
const listed = async (client: Client) => pageOf(Session.strict()).parse((await client.call('GET', path)).body).items;
const never = (): never => {
  throw new Error('the session is not listed');
};
const goTo = (client: Client, accountId: string) => client.call('PATCH', '/v1/session', { body: { accountId } });

describe('A user who looks where they are signed in', () => {
  it('sees each session in whatever account, with place, device and last use, their own in use now', async () => {
    const phone = await signIn('Phone');
    expect(await goTo(phone, own.id)).toMatchObject({ status: 200, body: { role: 'owner' } });
    platform.clock.advance(MINUTE);

    const sessions = await listed(max);
    const [theirs, this_] = [await shown(phone), await shown(max)];
    expect(sessions).toEqual([expect.objectContaining({ id: theirs.id }), this_]);
    expect(sessions[0]).toMatchObject({ userAgent: 'Phone', account: { id: own.id, name: 'Max & Co' }, role: 'owner' });
    expect(sessions[1]).toMatchObject({ account: { id: owner.accountId }, role: 'manager', address: '127.0.0.1' });
    expect(sessions[1]?.lastSeenAt).toBe(platform.clock.now().toISOString());
  });

  it('ends one, then all others, and those are out with the answer', async () => {
    const [phone, tablet, office] = [await signIn('Phone'), await signIn('Tablet'), await signIn('Office')];
    const { id } = await shown(phone);
    expect((await office.call('DELETE', `${path}/${id}`)).status).toBe(204);
    expect((await phone.call('GET', '/v1/session')).status).toBe(401);
    expect(await office.call('DELETE', `${path}/${id}`)).toMatchObject({ status: 404, code: 'not_found' });
    const foreign = await shown(owner);
    expect((await office.call('DELETE', `${path}/${foreign.id}`)).status).toBe(404);

    expect((await max.call('DELETE', path)).status).toBe(204);
    for (const client of [tablet, office]) expect((await client.call('GET', '/v1/session')).status).toBe(401);
    expect(await listed(max)).toHaveLength(1);
    expect((await owner.call('GET', '/v1/session')).status).toBe(200);
  });

  it('does so at the portal only', async () => {
    const technician = await owner.redeem((await lend(owner, { name: 'Visit' })).secret);
    for (const [method, url] of [
      ['GET', path],
      ['DELETE', path],
      ['DELETE', `${path}/${own.id}`],
    ] as const)
      expect(await technician.call(method, url)).toMatchObject({ status: 403, code: 'portal_only' });
  });
});

it('A sign-in begins in the account that one stood in last', async () => {
  expect((await shown(await signIn('Phone'))).account?.id).toBe(own.id);
  await goTo(max, own.id);
  await goTo(max, owner.accountId);
  await eventually('the last account is known', async () => {
    const { account } = await shown(await signIn('Phone'));
    return account?.id === owner.accountId || undefined;
  });
});

it('An account’s policy says how long sessions live that stand there, those that stand there already too', async () => {
  const phone = await signIn('Phone');
  for (const client of [phone, max]) await goTo(client, own.id);
  const body = { portalIdleMinutes: 15, portalMaxHours: 8 };
  expect((await max.call('PATCH', `/v1/accounts/${own.id}/policy`, { body })).status).toBe(200);
  await goTo(max, owner.accountId);

  const { id } = await shown(phone);
  await eventually('the live session is adjusted', async () => {
    const { createdAt, lastSeenAt, ...ends } = (await listed(max)).find((session) => session.id === id) ?? never();
    const isAdjusted = Date.parse(ends.idleExpiresAt) - Date.parse(lastSeenAt) === 15 * MINUTE;
    return (isAdjusted && Date.parse(ends.expiresAt) - Date.parse(createdAt) === 8 * 60 * MINUTE) || undefined;
  });
  platform.clock.advance(16 * MINUTE);
  expect((await phone.call('GET', '/v1/session')).status).toBe(401);
  expect((await max.call('GET', '/v1/session')).status).toBe(200);
});

describe('Who loses the account where they stand', () => {
  it('stands in none at once, is told so clearly, and goes on where they may', async () => {
    const phone = await signIn('Phone');
    await goTo(phone, owner.accountId);
    const { items } = pageOf(Membership).parse((await owner.call('GET', `${owner.path}/members?query=max`)).body);
    expect((await owner.call('DELETE', `${owner.path}/members/${items[0]?.id}`)).status).toBe(204);

    expect(await phone.call('GET', owner.path)).toMatchObject({ status: 403, code: 'no_account' });
    expect(await shown(phone)).not.toHaveProperty('account');
    expect(await goTo(phone, owner.accountId)).toMatchObject({ status: 404, code: 'not_found' });
    expect(await goTo(phone, own.id)).toMatchObject({ status: 200, body: { account: { id: own.id } } });
  });

  it('because it was deleted, likewise; a sign-in stands nowhere then', async () => {
    const phone = await signIn('Phone');
    await goTo(phone, own.id);
    const gone = await phone.call('DELETE', `/v1/accounts/${own.id}`, { body: { confirmName: 'Max & Co' } });
    expect(gone.status).toBe(204);

    expect(await phone.call('GET', `/v1/accounts/${own.id}`)).toMatchObject({ status: 403, code: 'no_account' });
    expect(await goTo(phone, own.id)).toMatchObject({ status: 404, code: 'not_found' });
    expect(await shown(await signIn('Tablet'))).not.toHaveProperty('account');
  });
});
