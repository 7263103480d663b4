import { METHODS } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Problem } from '@valetkey/contracts';
import type { InjectOptions } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { HttpServer } from '../src/http/http-server.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

let gateway: TestGateway;
/** Of a browser on a page of another host. */
let headers: Record<string, string>;

beforeAll(async () => {
  gateway = await startGateway();
  headers = { cookie: `__Host-valetkey=${gateway.secret}`, origin: 'https://devices.acme.example' };
});
afterAll(() => gateway.stop());

async function check(below: string, { headers: more, ...rest }: InjectOptions = {}): Promise<string> {
  const url = `/v1/forward-auth${below}`;
  const answer = await gateway.fastify.inject({ url, headers: { ...headers, ...more }, ...rest });
  return answer.statusCode === 200
    ? String(answer.headers['x-valetkey-subject'])
    : `${answer.statusCode} ${Problem.parse(answer.json()).code}`;
}

/** By methods that `inject` has not heard of, too. */
async function statusOf(method: string, path: string): Promise<number> {
  const answer = await fetch(gateway.module.get(HttpServer).url + path, { method, headers });
  await answer.arrayBuffer();
  return answer.status;
}

const passes = expect.stringMatching(/^user:/);
const missing = '403 missing_permission';
const noOrganization = '403 no_organization';

describe('What a reverse proxy asks', () => {
  it.each([
    ['', passes],
    ['?permission=devices.view', passes],
    ['?permission=devices.view&permission=devices.view', passes],
    ['?foo=1&permission=devices.view&foo=2', passes],
    ['?__proto__=1&%ff=%', passes],
    ['?permission=devices.manage', missing],
    ['?permission=devices.view&permission=devices.manage', missing],
    ['?permission=', missing],
    ['?permission', missing],
    ['?permission=%ff', missing],
    ['?organization=', noOrganization],
    ['?organization=nonsense', noOrganization],
    [`?organization=${uuidv7()}`, noOrganization],
    [`?organization=${uuidv7()}&organization=${uuidv7()}`, noOrganization],
  ])('by %s is answered with nothing but yes or no', async (query, answer) => {
    expect(await check(query)).toEqual(answer);
  });

  it('for nobody is answered alike whatever else is wrong with it', async () => {
    for (const query of ['', '?permission=&organization=nonsense', '/files?x=1'])
      expect(await check(query, { headers: { cookie: '' } })).toBe('401 unauthenticated');
  });
});

describe('A proxy that asks as it was asked itself', () => {
  it('may do so by any method, from whatever page', async () => {
    // Those two `fetch` does not send.
    for (const method of METHODS.filter((one) => !['CONNECT', 'TRACE'].includes(one))) {
      const statuses = [await statusOf(method, '/v1/forward-auth'), await statusOf(method, '/v1/forward-auth/devices')];
      expect({ method, statuses }).toEqual({ method, statuses: [200, 200] });
    }
  });

  it.each([
    ['text/xml', '<x/>'],
    ['application/json', '{'],
    ['nonsense', 'x'],
    ['application/octet-stream', 'x'.repeat(70_000)],
  ])('has its body ignored, here %s', async (type, payload) => {
    expect(await check('', { method: 'POST', headers: { 'content-type': type }, payload })).toEqual(passes);
  });

  it.each([
    '/',
    '/devices/7',
    '/caf%e9/%',
    '/..%2fsession',
    '//elsewhere.example/x',
    '/devices?permission=devices.manage&organization=nonsense',
  ])('may put the path of its own request behind: what stands there is no question (%s)', async (path) => {
    expect(await check(path)).toEqual(passes);
  });

  it('may have been asked for a long path', async () => {
    expect(await check(`/${'long'.repeat(1_000)}`)).toEqual(passes);
  });

  it('names a permission behind a slash that was not needed', async () => {
    expect(await check('/?permission=devices.manage')).toBe(missing);
  });

  it('asks nothing beside it', async () => {
    expect(await statusOf('GET', '/v1/forward-authority')).toBe(404);
    expect(await statusOf('PROPFIND', '/v1/session')).toBe(405);
  });
});
