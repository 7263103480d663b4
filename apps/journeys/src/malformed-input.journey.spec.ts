import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contracts, isInQuery, pathParameters, Problem } from '@valetkey/contracts';
import fc from 'fast-check';
import { z } from 'zod';
import { type Answer, Client, type Owner, ownerOf, person } from './client.ts';
import { hostileBody, hostileParts, hostileValue, unreadableBodies } from './hostile.ts';
import { lend } from './lending.ts';
import { type NamedIds, oneOfEach, urlWith } from './named-ids.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { storedRows } from './stored-rows.ts';
import { wellFormedBodies } from './well-formed-bodies.ts';

/** A public contract as a client sees it: which members it takes where, beside those in its path. */
const routes = contracts.flatMap(({ subject, access, input, http }) => {
  if (!http) return [];
  const inPath = pathParameters(http.path);
  const members = Object.keys(z.object({ shape: z.record(z.string(), z.unknown()) }).parse(input).shape);
  const rest = members.filter((member) => !inPath.includes(member));
  const inBody = rest.filter((member) => !isInQuery(http, member));
  return [{ subject, access, ...http, inBody, inQuery: rest.filter((member) => isInQuery(http, member)) }];
});
type Route = (typeof routes)[number];
const withBody = routes.filter(({ inBody }) => inBody.length > 0);
/** So many of each route that all of them end within the minute. */
const numRuns = 5;

let platform: Platform;
let owner: Owner;
let operator: Owner;
let ids: NamedIds;
let wellFormed: ReturnType<typeof wellFormedBodies>;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  operator = await operatorOf(platform);
  ids = await oneOfEach(platform, owner, operator);
  wellFormed = wellFormedBodies(ids);
});
afterAll(async () => {
  await platform.stop();
});

const urlOf = ({ path }: Route) => urlWith(ids, path);

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

/** Everything that is kept for good; what only counts tries, notes uses, waits to be sent or follows from events aside. */
async function kept(): Promise<string[]> {
  const rows = await storedRows(platform);
  const passing =
    /^tokens\.accounts$|\.(throttles|sessions|outbox|inbox|failed_sign_ins|mails|digest_items|keys|chains|entries|names|profiles|known_places)$/;
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
        fc.asyncProperty(hostileBody(route.inBody), hostileValue, async (body, value) => {
          expectRefused(await send(route, { body: { ...body, unheardOf: value } }), 400, 404);
        }),
        { numRuns },
      );
    }
    expect(await kept()).toEqual(before);
  });

  it('with one member gone wrong is refused or taken, and never our fault', async () => {
    for (const route of withBody) {
      const good = wellFormed[route.subject] ?? {};
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...route.inBody), hostileValue, async (member, value) => {
          const members: Record<string, unknown> = { ...good, [member]: value };
          const answer = await send(route, {
            body: route.wholeBody === undefined ? members : JSON.stringify(members[member]),
          });
          if (answer.status >= 300) expectRefused(answer, 400, 401, 404, 409, 413, 422, 429);
        }),
        { numRuns },
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
      const body = route.inBody.length > 0 ? { body: wellFormed[route.subject] } : {};
      for (const part of hostileParts) {
        const url = route.path.replace('{accountId}', pathParameters(route.path).length > 1 ? owner.accountId : part);
        const answer = await callerOf(route).call(route.method, url.replaceAll(/\{\w+\}/g, part), body);
        expectRefused(answer, 404, 400);
      }
    }
  });

  it('with a malformed query is refused or understood, and never our fault', async () => {
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      for (const name of [...route.inQuery, 'unheardOf', '__proto__']) {
        for (const part of [...hostileParts, `1&${name}=2`]) {
          const answer = await send(route, {}, `?${name}=${part}`);
          if (answer.status !== 200) expectRefused(answer, 400, 404);
          else expect(route.inQuery).toContain(name);
        }
      }
    }
  });

  it('with a query that it does not know, or a body that it does not take, is refused, and nothing changes', async () => {
    const before = await kept();
    for (const route of routes.filter(({ method }) => method !== 'GET')) {
      expectRefused(await send(route, { body: wellFormed[route.subject] }, '?unheardOf=1'), 400, 404);
      if (route.inBody.length === 0) expectRefused(await send(route, { body: { unheardOf: 1 } }), 400, 404);
      for (const member of route.inQuery) {
        expectRefused(await send(route, { body: { ...wellFormed[route.subject], [member]: true } }), 400);
        expectRefused(await send(route, { body: wellFormed[route.subject] }, `?${member}=nonsense`), 400);
      }
    }
    expect(await kept()).toEqual(before);
    for (const client of [owner, operator]) expect((await client.call('GET', '/v1/session')).status).toBe(200);
  });

  it('with a member of a query twice is refused', async () => {
    expectRefused(await owner.call('GET', `${owner.path}/login-tokens?limit=1&limit=2`), 400);
    expectRefused(await owner.call('GET', `${owner.path}/login-tokens?query=a&query=b`), 400);
  });

  it('that is nothing’s is not found', async () => {
    for (const path of ['/v1', '/v1/nothing', '/v1/account', `${owner.path}/nothing`, '//', '/v1/%00']) {
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
