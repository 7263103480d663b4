import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contracts, type HttpBinding, pathParameters } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Browser } from './browser.ts';
import { Client, type Owner, ownerOf, person } from './client.ts';
import { unreadableBodies } from './hostile.ts';
import { lend, type LentToken } from './lending.ts';
import { operatorOf } from './operator.ts';
import { setModules } from './partnerships.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const ada = person('ada@harbour.example');
let platform: Platform;
let owner: Owner;
let operator: Client;
let token: LentToken;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', ada);
  operator = await operatorOf(platform);
  await setModules(operator, owner, { access_links: true, partner: true, client: true });
  token = await lend(owner, { name: 'There' });
});
afterAll(async () => {
  await platform.stop();
});

/** Routes of one row that the path names, beside the account where one stands. */
const rowRoutes = contracts.flatMap(({ http }) => {
  const ids = pathParameters(http?.path ?? '');
  const isRow = ids.length > (http?.path.startsWith('/v1/accounts/') ? 1 : 0);
  return http && isRow ? [http] : [];
});
const reads = rowRoutes.filter(({ method }) => method === 'GET');
const changes = rowRoutes.filter(({ method }) => method !== 'GET');

/** The same of a row that is not there. */
function askNothing({ method, path }: HttpBinding, query = '', content: Parameters<Client['call']>[2] = {}) {
  const isOperators = path.startsWith('/v1/operator');
  const own = isOperators ? path : path.replace('{accountId}', owner.accountId);
  return (isOperators ? operator : owner).call(method, own.replaceAll(/\{\w+\}/g, uuidv7()) + query, content);
}

/** Bodies that no contract takes, with how each is refused where there is a row. */
const badBodies: readonly (readonly [string, number, Parameters<Client['call']>[2]])[] = [
  ['a member that nobody knows', 400, { body: { unheardOf: 1 } }],
  ['the account once more', 400, { body: { accountId: uuidv7(), resourceServerId: uuidv7() } }],
  ['too much', 413, { body: { name: 'x'.repeat(65 * 1024) } }],
  ['plain text', 415, { body: 'name=x', headers: { 'content-type': 'text/plain' } }],
  ...Object.entries(unreadableBodies).map(([what, body]) => {
    const headers = { 'content-type': 'application/json' };
    return [what, 400, { body, headers }] as const;
  }),
];

describe('A row that is not there comes before what is wrong with the body', () => {
  it.each(badBodies)('%s', async (_what, _status, content) => {
    expect(changes.length).toBeGreaterThan(3);
    for (const route of changes) {
      const { status, code } = await askNothing(route, '', content);
      expect({ ...route, status, code }).toEqual({ ...route, status: 404, code: 'not_found' });
    }
  });

  it.each(['unheardOf=1', 'accountId=1', 'limit=many'])(
    'and before what is wrong with the query (%s)',
    async (query) => {
      expect(reads.length).toBeGreaterThan(3);
      for (const route of reads) {
        const { status, code } = await askNothing(route, `?${query}`);
        expect({ ...route, status, code }).toEqual({ ...route, status: 404, code: 'not_found' });
      }
      expect(await owner.call('GET', `${token.path}?${query}`)).toMatchObject({ status: 400, code: 'malformed' });
    },
  );

  it.each(badBodies)('%s is told where there is one', async (_what, status, content) => {
    expect(await owner.call('PATCH', token.path, content)).toMatchObject({ status });
    expect(await owner.call('POST', `${token.path}/rotate`, content)).toMatchObject({ status });
    expect(await owner.call('GET', token.path)).toMatchObject({ body: { name: 'There', hint: token.hint } });
  });
});

describe('Who somebody is comes before what they send', () => {
  it.each([
    ['application/json', '{'],
    ['text/plain', 'x'],
    ['application/json', JSON.stringify('x'.repeat(65 * 1024))],
  ])('when they sign out (%s)', async (type, body) => {
    const answer = await new Client(owner.baseUrl).call('DELETE', '/v1/session', {
      body,
      headers: { 'content-type': type },
    });
    expect(answer).toMatchObject({ status: 401, code: 'unauthenticated' });
  });
});

describe('Who somebody is comes before where they come from', () => {
  const elsewhere: Record<string, string>[] = [
    {},
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
  ];
  const signOut = (cookie: string, headers: Record<string, string>) =>
    new Client(owner.baseUrl).call('DELETE', '/v1/session', { headers: { ...headers, cookie } });

  it.each(elsewhere)('a bad cookie is nobody’s (%j)', async (headers) => {
    for (const secret of [makeSecret('vks'), 'nonsense']) {
      expect(await signOut(`__Host-valetkey=${secret}`, headers)).toMatchObject({
        status: 401,
        code: 'unauthenticated',
      });
    }
  });

  it.each(elsewhere)('a good one is refused across sites, and stays good (%j)', async (headers) => {
    const browser = new Browser(owner.baseUrl, 'valetkey.example');
    await browser.signIn(ada);
    const secret = z.string().parse(browser.cookies.get('__Host-valetkey')?.value);
    expect(await signOut(`__Host-valetkey=${secret}`, headers)).toMatchObject({ status: 403, code: 'cross_site' });
    expect((await browser.call('GET', '/v1/session')).status).toBe(200);
  });
});
