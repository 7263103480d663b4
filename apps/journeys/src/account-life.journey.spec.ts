import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client as Database } from 'pg';
import { z } from 'zod';
import { type Client, type Owner, ownerOf, person, signedIn } from './client.ts';
import { eventually } from './eventually.ts';
import { lend, type LentToken } from './lending.ts';
import { operatorOf } from './operator.ts';
import { OPERATOR_EMAIL, type Platform, startPlatform } from './start-platform.ts';

const DAY = 24 * 3600 * 1000;
const Page = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

let platform: Platform;
let owner: Owner;
let token: LentToken;
let technician: Client;
const ada = person('ada@harbour.example');

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', ada);
  await owner.call('POST', `${owner.path}/organizations`, { body: { name: 'Quay 1' } });
  token = await lend(owner, { name: 'Visit' });
  technician = await owner.redeem(token.secret);
});
afterAll(async () => {
  await platform.stop();
});

const remove = (body: unknown, query = '') => owner.call('DELETE', `${owner.path}${query}`, { body });
const itemsOf = (body: unknown) => Page.parse(body).items;
const stand = () => owner.call('PATCH', '/v1/session', { body: { accountId: owner.accountId } });

describe('An owner', () => {
  it('opens a further account, and finds both among their own', async () => {
    const made = await owner.call('POST', '/v1/accounts', { body: { name: 'Second' } });
    expect(made).toMatchObject({ status: 201, body: { name: 'Second' } });
    expect(made.headers.get('location')).toMatch(/^\/v1\/accounts\/[0-9a-f-]{36}$/);
    const { body } = await owner.call('GET', '/v1/accounts');
    expect(itemsOf(body).map(({ name }) => name)).toEqual(expect.arrayContaining(['Second', 'Harbour Cranes']));
  });

  it('says what its security policy and its billing details are, against an ETag', async () => {
    for (const [path, method, body] of [
      ['policy', 'PATCH', { managersMayDelete: true }],
      ['billing', 'PUT', { companyName: 'Harbour Lda', email: null, address: null, taxId: null }],
    ] as const) {
      const url = `${owner.path}/${path}`;
      const etag = (await owner.call('GET', url)).headers.get('etag') ?? '';
      const change = { body, headers: { 'if-match': etag } };
      expect(await owner.call(method, url, change)).toMatchObject({ status: 200, body });
      expect(await owner.call(method, url, change)).toMatchObject({ status: 412 });
    }
  });

  it('deletes the account by its name in the body, and nobody may do anything there', async () => {
    expect(await remove({ confirmName: 'Second' })).toMatchObject({ status: 422, code: 'wrong_name' });
    expect(await remove({}, '?confirmName=Harbour%20Cranes')).toMatchObject({ status: 400 });
    expect(await technician.call('GET', '/v1/session')).toMatchObject({ status: 200 });

    expect(await remove({ confirmName: 'Harbour Cranes' })).toMatchObject({ status: 204 });
    expect(await owner.call('GET', owner.path)).toMatchObject({ status: 403, code: 'no_account' });
    expect(await stand()).toMatchObject({ status: 404 });
    expect(await technician.call('GET', '/v1/session')).toMatchObject({ status: 401 });
    const redeeming = await owner.call('POST', '/v1/sessions/login-token', { body: { token: token.secret } });
    expect(redeeming).toMatchObject({ status: 401, code: 'invalid_token' });
  });
});

describe('Platform staff', () => {
  it('restore it: all but its sessions is as it was', async () => {
    const operator = await operatorOf(platform);
    const { body } = await operator.call('GET', '/v1/operator/accounts?status=deleted');
    expect(itemsOf(body)).toMatchObject([{ id: owner.accountId, deletedAt: expect.any(String) }]);
    const restore = () => operator.call('POST', `/v1/operator/accounts/${owner.accountId}/restore`);
    expect((await restore()).status).toBe(200);
    expect(await restore()).toMatchObject({ status: 409, code: 'account_not_deleted' });

    expect(await stand()).toMatchObject({ status: 200, body: { account: { name: 'Harbour Cranes' }, role: 'owner' } });
    expect(itemsOf((await owner.call('GET', `${owner.path}/organizations`)).body)).toHaveLength(1);
    expect(await technician.call('GET', '/v1/session')).toMatchObject({ status: 401 });
    expect((await (await owner.redeem(token.secret)).call('GET', '/v1/session')).status).toBe(200);
  });
});

describe('Thirty days after its deletion', () => {
  it('nothing is left of the account anywhere, but a note of that', async () => {
    expect((await remove({ confirmName: 'Harbour Cranes' })).status).toBe(204);
    platform.clock.advance(30 * DAY);
    await eventually('the end of its traces', async () =>
      (await traces()).join() === 'audit.entries' ? true : undefined,
    );

    const operator = await signedIn(platform, person(OPERATOR_EMAIL));
    const restore = await operator.call('POST', `/v1/operator/accounts/${owner.accountId}/restore`);
    expect(restore).toMatchObject({ status: 404 });
    owner = await signedIn(platform, ada);
    expect(itemsOf((await owner.call('GET', '/v1/accounts')).body)).toMatchObject([{ name: 'Second' }]);
  }, 30_000);
});

/** Every table of every service, `<service>.<table>`, in which the account's id stands; outboxes keep what is sent for a week. */
async function traces(): Promise<string[]> {
  const found: string[] = [];
  for (const [service, connectionString] of Object.entries(platform.databases)) {
    const database = new Database({ connectionString });
    await database.connect();
    const { rows } = await database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'outbox'`,
    );
    for (const { name } of rows) {
      const named = await database.query(`SELECT 1 FROM "${name}" AS t WHERE t::text LIKE $1`, [
        `%${owner.accountId}%`,
      ]);
      if (named.rows.length > 0) found.push(`${service}.${name}`);
    }
    await database.end();
  }
  return found;
}
