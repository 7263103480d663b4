import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { storedEvents } from './access-stream.ts';
import { Client, type Owner, ownerOf, person } from './client.ts';
import { lend } from './lending.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const OWN_ORIGIN = 'http://valetkey.example';
const ada = person('ada@harbour.example');

let platform: Platform;
let owner: Owner;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{}, { TRUSTED_PROXIES: '127.0.0.1/32' }] });
  owner = await ownerOf(platform, 'Harbour Cranes', ada);
});
afterAll(async () => {
  await platform.stop();
});

describe('every answer', () => {
  const anybody = () => new Client(owner.baseUrl);
  const answers = () =>
    Promise.all([
      owner.call('GET', '/v1/session'),
      owner.call('GET', '/v1/session/accounts'),
      anybody().call('POST', '/v1/sessions', { body: '{' }),
      anybody().call('GET', '/.well-known/oauth-authorization-server'),
    ]);
  const others = () =>
    Promise.all([
      owner.call('GET', '/v1/nothing'),
      owner.call('GET', '/v1/%ff'),
      owner.call('PUT', '/v1/session'),
      anybody().call('POST', '/oauth/revoke'),
    ]);

  it('is kept by nobody, and is what it says it is', async () => {
    for (const { headers } of [...(await answers()), ...(await others())]) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.has('x-powered-by')).toBe(false);
      expect(headers.has('server')).toBe(false);
    }
  });

  it('protects browsers from what others might make of it', async () => {
    for (const { headers } of [...(await answers()), ...(await others())]) {
      expect(headers.get('content-security-policy')).toMatch(/^default-src '(none|self)'/);
      expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('allows no other origin anything', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'DELETE' };
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await owner.call(method, '/v1/session', { headers });
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it('carries the client’s request id, or one of our own where there is none that a log can bear', async () => {
    const given = await owner.call('GET', '/v1/session', { headers: { 'x-request-id': 'order-42/retry.1' } });
    expect(given.headers.get('x-request-id')).toBe('order-42/retry.1');
    for (const given of ['', 'with space', 'x'.repeat(201)]) {
      const made = await owner.call('GET', '/v1/session', { headers: { 'x-request-id': given } });
      expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('a request', () => {
  it('is known in the events it brings about by its id and its trace', async () => {
    const trace = randomBytes(16).toString('hex');
    const headers = { 'x-request-id': 'visit-7', traceparent: `00-${trace}-00f067aa0ba902b7-01` };
    const body = { name: 'Traced', type: 'permanent' };
    expect((await owner.call('POST', `${owner.path}/login-tokens`, { body, headers })).status).toBe(201);
    const deleted = await owner.call('DELETE', (await lend(owner, { name: 'Told at once' })).path, { headers });
    expect(deleted.status).toBe(204);
    const events = (await storedEvents(platform)).filter(({ event }) => event.requestid === 'visit-7');
    expect(events.map(({ event }) => event.type)).toEqual([
      'dev.valetkey.login-token.created.v1',
      'dev.valetkey.login-token.deleted.v1',
    ]);
    for (const { event } of events) {
      expect(event.correlationid).toBe('visit-7');
      expect(event.traceparent).toMatch(new RegExp(`^00-${trace}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
    }
  });

  it('comes from where its socket does, whatever it says, unless a trusted proxy says it', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    const addresses = await Promise.all(
      platform.gatewayUrls.map(async (url) => {
        const answer = await new Client(url).call('POST', '/v1/sessions', {
          body: { email: ada.email, password: ada.password },
          headers,
        });
        return answer.body;
      }),
    );
    expect(addresses).toMatchObject([{ session: { address: '127.0.0.1' } }, { session: { address: '203.0.113.9' } }]);
  });

  it('is from the last address that no trusted proxy has, not from the first that somebody claims', async () => {
    const headers = { 'x-forwarded-for': '10.0.0.1, 203.0.113.9, 127.0.0.1' };
    const { email, password } = ada;
    const answer = await new Client(platform.gatewayUrls[1] ?? '').call('POST', '/v1/sessions', {
      body: { email, password },
      headers,
    });
    expect(answer.body).toMatchObject({ session: { address: '203.0.113.9' } });
  });
});

describe('a trusted proxy', () => {
  it.each([
    ['a'.repeat(100), '127.0.0.1'],
    ['not-an-ip', '127.0.0.1'],
    ['999.1.1.1', '127.0.0.1'],
    ['198.51.100.4:5678', '198.51.100.4'],
    ['::ffff:198.51.100.8', '198.51.100.8'],
    ['[2001:db8::1]:443', '2001:db8::1'],
  ])('that says %s is believed what can be true of it', async (told, address) => {
    const { email, password } = ada;
    const answer = await new Client(platform.gatewayUrls[1] ?? '').call('POST', '/v1/sessions', {
      body: { email, password },
      headers: { 'x-forwarded-for': told },
    });
    expect(answer).toMatchObject({ status: 201, body: { session: { address } } });
  });
});

describe('a bearer that is not good', () => {
  it('is named as what is wrong, and no other is', async () => {
    const challenge = async (client: Client, method: string, path: string, body?: object) => {
      const { status, headers } = await client.call(method, path, { body });
      return `${status} ${headers.get('www-authenticate')}`;
    };
    const anybody = new Client(owner.baseUrl);
    const bad = new Client(owner.baseUrl, 'vks_bad');
    const wrong = { email: ada.email, password: 'not the password' };
    expect(await challenge(bad, 'GET', '/v1/session')).toBe('401 Bearer realm="valetkey", error="invalid_token"');
    expect(await challenge(anybody, 'GET', '/v1/session')).toBe('401 Bearer realm="valetkey"');
    expect(await challenge(owner, 'POST', '/v1/sessions', wrong)).toBe('401 Bearer realm="valetkey"');
  });
});

describe('a browser that signs in by cookie', () => {
  async function signInByCookie(): Promise<{ cookie: string; attributes: string[]; body: unknown }> {
    const { email, password } = ada;
    const answer = await new Client(owner.baseUrl).call('POST', '/v1/sessions', {
      body: { email, password, cookie: true },
    });
    expect(answer.status).toBe(201);
    const [set = '', ...others] = answer.headers.getSetCookie();
    expect(others).toEqual([]);
    const [cookie = '', ...attributes] = set.split('; ');
    return { cookie, attributes, body: answer.body };
  }
  const ask = (method: string, path: string, headers: Record<string, string>, client = new Client(owner.baseUrl)) =>
    client.call(method, path, { headers, ...(method === 'PATCH' && { body: { organizationId: null } }) });

  it('gets a cookie that no script and no other host reads, and no secret', async () => {
    const { cookie, attributes, body } = await signInByCookie();
    expect(cookie).toMatch(/^__Host-valetkey=vks_\w{49}$/);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
    expect(body).toEqual({ session: expect.objectContaining({ kind: 'portal' }) });
    expect(JSON.stringify(body)).not.toContain('vks_');
    expect(await ask('GET', '/v1/session', { cookie })).toMatchObject({ status: 200, body: { kind: 'portal' } });
  });

  it('changes something from our own pages only', async () => {
    const { cookie } = await signInByCookie();
    const elsewhere: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${OWN_ORIGIN}.evil.example` },
      { origin: `${OWN_ORIGIN}:8080` },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ];
    for (const headers of elsewhere) {
      for (const [method, path] of [
        ['PATCH', '/v1/session'],
        ['DELETE', '/v1/session'],
        ['DELETE', `${owner.path}/sessions`],
      ] as const) {
        expect(await ask(method, path, { cookie, ...headers })).toMatchObject({ status: 403, code: 'cross_site' });
      }
    }
    const atHome: Record<string, string>[] = [{ origin: OWN_ORIGIN }, { 'sec-fetch-site': 'same-origin' }];
    for (const headers of atHome) {
      expect((await ask('PATCH', '/v1/session', { cookie, ...headers })).status).toBe(200);
    }
  });

  it('signs out, and the cookie goes', async () => {
    const { cookie } = await signInByCookie();
    const answer = await ask('DELETE', '/v1/session', { cookie, origin: OWN_ORIGIN });
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie().join()).toMatch(/^__Host-valetkey=;.*Expires=Thu, 01 Jan 1970/);
    expect((await ask('GET', '/v1/session', { cookie })).status).toBe(401);
  });

  it('with a bearer as well is whom the bearer names', async () => {
    const { cookie } = await signInByCookie();
    const technician = await owner.redeem((await lend(owner, { name: 'Bearer first' })).secret);
    expect(await ask('GET', '/v1/session', { cookie }, technician)).toMatchObject({ body: { kind: 'login_token' } });
    expect((await ask('PATCH', '/v1/session', { cookie, origin: 'https://evil.example' }, technician)).status).toBe(
      200,
    );
    const bad = new Client(owner.baseUrl, 'vks_bad');
    expect(await ask('GET', '/v1/session', { cookie }, bad)).toMatchObject({ status: 401, code: 'unauthenticated' });
  });
});
