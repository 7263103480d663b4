import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OAuthError, openPage, Problem, recordUses, verifyCredentials } from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { waitUntil } from '@valetkey/testing/stack';
import { Uses } from '../src/credentials/uses.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway.stop();
});

const get = (url: string, headers: Record<string, string> = {}) => gateway.fastify.inject({ url, headers });

async function metric(name: string): Promise<string[]> {
  const text = await gateway.metrics.registry.metrics();
  return text.split('\n').filter((line) => line.startsWith(name));
}

async function trust(): Promise<void> {
  const trusts = async () => {
    gateway.beat();
    return (await get('/health/ready')).statusCode === 200 || undefined;
  };
  expect(await waitUntil(trusts, { timeoutMs: 5_000, everyMs: 20 })).toBe(true);
}

const introspect = (payload: string, headers: Record<string, string> = {}) => {
  const { authorization } = gateway;
  const type = 'application/x-www-form-urlencoded';
  const all = { authorization, 'content-type': type, ...headers };
  return gateway.fastify.inject({ method: 'POST', url: '/oauth/introspect', headers: all, payload });
};

describe('The public port', () => {
  it('says that it lives, and what is away', async () => {
    expect((await get('/health/live')).json()).toEqual({ status: 'ok' });
    const away = await get('/health/ready');
    expect(away.statusCode).toBe(503);
    expect(away.json()).toEqual({ status: 'unavailable', away: ['access-events'] });
    expect(await metric('valetkey_guard_trusting')).toEqual(['valetkey_guard_trusting 0']);
    await trust();
    expect((await get('/health/ready')).json()).toEqual({ status: 'ok' });
    expect(await metric('valetkey_guard_trusting')).toEqual(['valetkey_guard_trusting 1']);
  });

  it('names the methods of a path that it knows, and does not read a body for nothing', async () => {
    const headers = { 'content-type': 'text/xml' };
    const other = await gateway.fastify.inject({ method: 'PUT', url: '/v1/session?x=1', headers, payload: '<x/>' });
    expect(other.statusCode).toBe(405);
    expect(other.headers.allow).toBe('DELETE, GET, HEAD, PATCH');
    expect(Problem.parse(other.json()).code).toBe('method_not_allowed');
    const unknown = await gateway.fastify.inject({ method: 'POST', url: '/v1/nothing', headers, payload: '<x/>' });
    expect(unknown.statusCode).toBe(404);
  });

  it('refuses under /oauth as OAuth does, also what is no route', async () => {
    for (const [url, status] of [
      ['/oauth/introspect', 405],
      ['/oauth/nothing', 404],
    ] as const) {
      const answer = await get(url);
      expect(answer.statusCode).toBe(status);
      OAuthError.strict().parse(answer.json());
    }
  });
});

describe('A mailed link', () => {
  it('opens a page in the language of the reader, which runs nothing but itself', async () => {
    const page = await get('/open/verification', { 'accept-language': 'pt-BR,en;q=0.5' });
    expect(page.statusCode).toBe(200);
    expect(page.headers).toMatchObject({
      'content-language': 'pt',
      vary: 'Accept-Language',
      'cache-control': 'no-store',
    });
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+'; connect-src 'self'; /,
    );
    expect(policy).not.toContain('unsafe');
    expect(page.headers['x-frame-options']).toBe('DENY');
  });

  it('is looked at by scanners, which changes nothing, and no other page is there', async () => {
    const asked = gateway.asked.length;
    for (const page of openPage.input.shape.page.options) {
      const url = `/open/${page}`;
      expect((await gateway.fastify.inject({ method: 'HEAD', url })).statusCode).toBe(200);
      expect((await get(url)).statusCode).toBe(200);
    }
    expect((await get('/open/nothing')).statusCode).toBe(404);
    expect(gateway.asked.length).toBe(asked);
  });
});

it('Where mails say they come from stands a page, in the language of the reader', async () => {
  const page = await get('/', { 'accept-language': 'pt' });
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-security-policy']).not.toContain('script-src');
  expect(page.body).toContain('<html lang="pt">');
});

describe('The API’s description', () => {
  it('is there for tools, and as a page without any script', async () => {
    const [json, page] = await Promise.all([get('/openapi.json'), get('/docs')]);
    expect(json.json()).toMatchObject({ openapi: '3.1.0', paths: { '/oauth/introspect': expect.anything() } });
    expect(page.body).toContain('POST /v1/accounts/{accountId}/login-tokens');
    expect(page.body).not.toContain('<script');
    expect(page.headers['content-security-policy']).not.toContain('script-src');
  });
});

describe('An introspection', () => {
  it('carries only what a machine needs of headers', async () => {
    const { headers } = await introspect('token=x');
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(headers).not.toHaveProperty('content-security-policy');
  });

  it('is answered from memory while events are heard, and asked anew for who keeps the answer', async () => {
    await trust();
    const questions = () => gateway.asked.filter(({ contract }) => contract === verifyCredentials).length;
    const first = await introspect(`token=${gateway.secret}`);
    expect(first.json()).toMatchObject({ active: true, kind: 'portal', scope: 'devices.view', role: 'owner' });
    const asked = questions();
    expect((await introspect(`token=${gateway.secret}`)).body).toBe(first.body);
    expect(questions()).toBe(asked);
    expect((await introspect(`token=${gateway.secret}`, { 'cache-control': 'no-cache' })).body).toBe(first.body);
    expect(questions()).toBe(asked + 1);
    expect(await metric('valetkey_guard_cache_total{cache="credentials",result="hit"}')).toHaveLength(1);
  });

  it('of one that has ended meanwhile is never answered to who keeps the answer', async () => {
    const state = gateway.states.get(hashSecret(gateway.secret));
    gateway.states.clear();
    expect((await introspect(`token=${gateway.secret}`, { 'cache-control': 'no-cache' })).json()).toEqual({
      active: false,
    });
    if (state) gateway.states.set(hashSecret(gateway.secret), state);
  });

  it('of a credential for some addresses is judged by the address each time, kept or not', async () => {
    await trust();
    const bound = makeSecret('vkk');
    const [state] = gateway.states.values();
    if (state) gateway.states.set(hashSecret(bound), { ...state, allowedCidrs: ['192.0.2.0/24'] });
    const isActive = async (address: string) => {
      const answer = await introspect(`token=${bound}&client_address=${address}`);
      return answer.json<{ active: boolean }>().active;
    };
    for (const [address, active] of [
      ['192.0.2.1', true],
      ['203.0.113.7', false],
      ['', false],
      ['192.0.2.2', true],
    ] as const) {
      expect(await isActive(address)).toBe(active);
    }
  });

  it.each([
    ['without a token', 'tok=x', {}, 400, 'invalid_request'],
    ['with a parameter twice', 'token=a&token=b', {}, 400, 'invalid_request'],
    ['with an unknown parameter twice', 'token=a&__proto__=1&__proto__=2', {}, 400, 'invalid_request'],
    ['from an address that is none', 'token=a&client_address=here', {}, 400, 'invalid_request'],
    ['in JSON', '{}', { 'content-type': 'application/json' }, 415, 'invalid_request'],
    ['too large', `token=${'x'.repeat(65 * 1024)}`, {}, 413, 'invalid_request'],
    [
      'by nobody, before its body is read',
      '{}',
      { authorization: '', 'content-type': 'text/plain' },
      401,
      'invalid_client',
    ],
  ])('%s is refused', async (_what, body, headers, status, error) => {
    const answer = await introspect(body, headers);
    expect(answer.statusCode).toBe(status);
    expect(OAuthError.parse(answer.json()).error).toBe(error);
  });
});

describe('Uses', () => {
  it('are written so many at a time, those that waited longest first', async () => {
    const uses = gateway.module.get(Uses);
    await uses.write();
    const [state] = gateway.states.values();
    if (!state) throw new Error('There is a session to begin with');
    for (let number = 0; number < 2_500; number += 1) {
      const id = `0197${String(number).padStart(28, '0')}`.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-7000-8000-');
      uses.note({ ...state, id }, '203.0.113.7');
    }
    await Promise.all([uses.write(), uses.write()]);
    const written = gateway.asked
      .filter(({ contract }) => contract === recordUses)
      .map(({ input }) => input.uses.length);
    expect(written.slice(-2)).toEqual([2_000, 500]);
  });
});

describe('Signing in by cookie', () => {
  const signIn = (headers: Record<string, string>) =>
    gateway.fastify.inject({
      method: 'POST',
      url: '/v1/sessions/login-token',
      headers,
      payload: { token: 'vkl_none', cookie: true },
    });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('from another site (%j) is refused, so that nobody is signed in as somebody else', async (headers) => {
    expect((await signIn(headers)).json()).toMatchObject({ status: 403, code: 'cross_site' });
  });

  it.each<Record<string, string>>([{}, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }])(
    'from our own pages, or by no browser (%j), is not',
    async (headers) => {
      expect((await signIn(headers)).json()).not.toMatchObject({ code: 'cross_site' });
    },
  );
});
