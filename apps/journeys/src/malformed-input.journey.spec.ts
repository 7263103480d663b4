import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contracts, pathParameters, Problem } from '@valetkey/contracts';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type Answer, Client, type Owner, ownerOf, person } from './client.ts';
import { hostileBody, hostileParts, hostileValue, unreadableBodies } from './hostile.ts';
import { lend, type LentToken } from './lending.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { storedRows } from './stored-rows.ts';

/** A public contract as a client sees it. */
const routes = contracts.flatMap(({ subject, access, input, http }) => {
  if (!http) return [];
  const inPath = pathParameters(http.path);
  const members = Object.keys(z.object({ shape: z.record(z.string(), z.unknown()) }).parse(input).shape);
  const rest = members.filter((member) => !inPath.includes(member));
  return [
    { subject, access, ...http, rest, hasBody: http.method !== 'GET' && http.method !== 'DELETE' && rest.length > 0 },
  ];
});
type Route = (typeof routes)[number];
const withBody = routes.filter(({ hasBody }) => hasBody);

let platform: Platform;
let owner: Owner;
let operator: Client;
let token: LentToken;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  operator = await operatorOf(platform);
  token = await lend(owner, { name: 'There' });
});
afterAll(async () => {
  await platform.stop();
});

/** What a contract takes when all is well, as far as a caller can make it up. */
const wellFormed: Readonly<Record<string, Record<string, unknown>>> = {
  'identity.v1.session.sign-in': { email: 'nobody@nowhere.example', password: 'not the password' },
  'identity.v1.user.sign-up': { email: 'new@nowhere.example', password: 'x', name: 'N', accountName: 'A' },
  'identity.v1.email.verify': { token: 'vkv_none', password: 'not the password' },
  'identity.v1.email.resend-verification': { email: 'nobody@nowhere.example' },
  'notifications.v1.preferences.update': { expiry: 'daily', account: 'off' },
  'tokens.v1.login-token.create': {
    name: 'New',
    type: 'permanent',
    role: 'viewer',
    allowedCidrs: ['10.0.0.0/8'],
    maxSessions: 3,
  },
  'tokens.v1.login-token.update': { name: 'There', role: 'manager', maxSessions: 5 },
  'tokens.v1.login-token.rotate': { graceSeconds: 60 },
  'tokens.v1.login-token.redeem': { token: 'vkl_none' },
  'tokens.v1.session.switch': { organizationId: null },
  'tokens.v1.resource-server.register': { name: 'Another' },
  'tenancy.v1.account.create': { name: 'Further' },
  'tenancy.v1.account.put-billing': { companyName: 'Harbour Lda', email: null, address: null, taxId: null },
  'tenancy.v1.account.update-policy': { requireTwoFactor: 'off', managersMayDelete: true, portalIdleMinutes: 60 },
  'tenancy.v1.account.update': { name: 'Harbour Cranes', country: 'PT', tokenSessionLimit: 1000 },
  'tenancy.v1.account.set-modules': { modules: { partner: true } },
  'tenancy.v1.organization.create': { name: 'Quay' },
  'tenancy.v1.permission.put': { permissions: [{ name: 'devices.view', description: 'See', roles: ['owner'] }] },
};

function urlOf({ path }: Route, id = uuidv7()): string {
  const known: Record<string, string> = { accountId: owner.accountId, loginTokenId: token.id };
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? id);
}

const callerOf = ({ path }: Route) => (path.startsWith('/v1/operator') ? operator : owner);

function send(route: Route, content: Parameters<Client['call']>[2] = {}, query = ''): Promise<Answer> {
  return callerOf(route).call(route.method, urlOf(route) + query, content);
}

/** A refusal that a client can act on: never our fault, always a problem, with the places where a 400 finds it wrong. */
function expectRefused({ status, body, headers }: Answer, ...statuses: number[]): void {
  expect({ status, body }).toEqual({ status: expect.any(Number), body: expect.anything() });
  expect(statuses).toContain(status);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = Problem.parse(body);
  expect(problem).toMatchObject({ status, requestId: headers.get('x-request-id') });
  if (status === 400) expect(problem.errors?.length).toBeGreaterThan(0);
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:|at \w+ \(|select .* from|insert into/i);
}

/** Everything that is kept for good; what only counts tries, notes uses or waits to be sent aside. */
async function kept(): Promise<string[]> {
  const rows = await storedRows(platform);
  const passing = /\.(throttles|sessions|outbox|inbox|failed_sign_ins|mails|keys|chains|entries|names)$/;
  return rows
    .filter(({ table }) => !passing.test(table))
    .map(({ table, text }) => `${table} ${text}`)
    .sort();
}

describe('a body of any shape', () => {
  it('is known here for every contract that takes one', () => {
    expect(Object.keys(wellFormed).sort()).toEqual(withBody.map(({ subject }) => subject).sort());
  });

  it('with members that no contract has is refused, and nothing changes', async () => {
    const before = await kept();
    for (const route of withBody.filter(({ wholeBody }) => wholeBody === undefined)) {
      await fc.assert(
        fc.asyncProperty(hostileBody(route.rest), hostileValue, async (body, value) => {
          expectRefused(await send(route, { body: { ...body, unheardOf: value } }), 400, 404);
        }),
        { numRuns: 25 },
      );
    }
    expect(await kept()).toEqual(before);
  });

  it('with one member gone wrong is refused or taken, and never our fault', async () => {
    for (const route of withBody) {
      const good = wellFormed[route.subject] ?? {};
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...route.rest), hostileValue, async (member, value) => {
          const members: Record<string, unknown> = { ...good, [member]: value };
          const answer = await send(route, {
            body: route.wholeBody === undefined ? members : JSON.stringify(members[member]),
          });
          if (answer.status >= 300) expectRefused(answer, 400, 401, 404, 409, 413, 422, 429);
        }),
        { numRuns: 25 },
      );
    }
  });

  it('without members that it needs is refused with pointers to them', async () => {
    const answer = await owner.call('POST', `${owner.path}/login-tokens`, { body: {} });
    expectRefused(answer, 400);
    expect(
      Problem.parse(answer.body)
        .errors?.map(({ pointer }) => pointer)
        .sort(),
    ).toEqual(['/name', '/type']);
  });

  it('that is a list points into the list', async () => {
    const body = [
      { name: 'devices.view', description: 'See', roles: ['owner'] },
      { name: 'Not A Name', description: '', roles: [] },
    ];
    const answer = await operator.call('PUT', '/v1/operator/permissions', { body });
    expectRefused(answer, 400);
    expect(Problem.parse(answer.body).errors).toMatchObject([{ pointer: '/1/name' }]);
  });
});

describe('a body that cannot be read', () => {
  it('for a number too large takes no limit away', async () => {
    const { path } = await lend(owner, { name: 'Limited', maxSessions: 2 });
    for (const number of ['1e999', '-1e999', '[1e999]']) {
      const answer = await owner.call('PATCH', path, { body: `{"maxSessions": ${number}}` });
      expectRefused(answer, 400);
      expect(Problem.parse(answer.body).errors).toMatchObject([{ pointer: expect.stringMatching(/^\/maxSessions/) }]);
    }
    expect((await owner.call('GET', path)).body).toMatchObject({ maxSessions: 2 });
  });

  it('is none of the business of who may not ask', async () => {
    const closed = withBody.filter(({ access }) => access.kind !== 'anyone');
    for (const route of closed) {
      const answer = await new Client(owner.baseUrl).call(route.method, urlOf(route), { body: '{' });
      expect({ subject: route.subject, code: answer.code }).toEqual({
        subject: route.subject,
        code: 'unauthenticated',
      });
    }
  });

  it.each(Object.keys(unreadableBodies))('(%s) is refused everywhere, and nothing changes', async (which) => {
    const before = await kept();
    const headers = { 'content-type': 'application/json' };
    for (const route of withBody) {
      if (route.wholeBody !== undefined && which === 'a list') continue;
      expectRefused(await send(route, { body: unreadableBodies[which], headers }), 400);
    }
    expect(await kept()).toEqual(before);
  });

  it('for its media type is refused with 415', async () => {
    for (const route of withBody) {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'nonsense',
      ]) {
        expectRefused(await send(route, { body: 'name=x', headers: { 'content-type': type } }), 415);
      }
    }
  });

  it('for its size is refused with 413', async () => {
    for (const route of withBody) expectRefused(await send(route, { body: { name: 'x'.repeat(65 * 1024) } }), 413);
  });
});

describe('a URL of any shape', () => {
  it('with malformed ids is nobody’s', async () => {
    for (const route of routes.filter(({ path }) => pathParameters(path).length > 0)) {
      const body = route.hasBody ? { body: wellFormed[route.subject] } : {};
      for (const part of hostileParts) {
        const url = route.path.replace('{accountId}', pathParameters(route.path).length > 1 ? owner.accountId : part);
        const answer = await callerOf(route).call(route.method, url.replaceAll(/\{\w+\}/g, part), body);
        expectRefused(answer, 404, 400);
      }
    }
  });

  it('with a malformed query is refused or understood, and never our fault', async () => {
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      for (const name of [...route.rest, 'unheardOf', '__proto__']) {
        for (const part of [...hostileParts, `1&${name}=2`]) {
          const answer = await send(route, {}, `?${name}=${part}`);
          if (answer.status !== 200) expectRefused(answer, 400, 404);
          else expect(route.rest).toContain(name);
        }
      }
    }
  });

  it('with a member of a query twice is refused', async () => {
    expectRefused(await owner.call('GET', `${owner.path}/login-tokens?limit=1&limit=2`), 400);
    expectRefused(await owner.call('GET', `${owner.path}/login-tokens?query=a&query=b`), 400);
  });

  it('that is nothing’s is not found', async () => {
    for (const path of ['/', '/v1', '/v1/nothing', '/v1/account', `${owner.path}/nothing`, '//', '/v1/%00']) {
      expectRefused(await owner.call('GET', path), 404);
    }
  });

  it('with another method names those it has', async () => {
    const answer = await owner.call('PUT', '/v1/session');
    expectRefused(answer, 405);
    expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD, PATCH');
    expectRefused(await owner.call('DELETE', `${owner.path}/login-tokens`), 405);
  });
});
