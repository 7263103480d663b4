import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contracts, forwardAuth, gatewayRoutes, Introspection, pageOf, Session } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { v7 as uuidv7 } from 'uuid';
import { Browser } from './browser.ts';
import { Client, type Owner, ownerOf, person } from './client.ts';
import { eventually } from './eventually.ts';
import { lend } from './lending.ts';
import { operatorOf, registerServer } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { withoutTable } from './without-table.ts';

const DOMAIN = 'valetkey.example';
const PORTAL = DOMAIN;
const PRODUCT = `devices.${DOMAIN}`;
const MINUTE_MS = 60_000;
const ada = person('ada@harbour.example');
const eve = person('eve@elsewhere.example');
const inactive = { active: false };

let platform: Platform;
let owner: Owner;
/** Two replicas that share cookies over the domain, and one that has none. */
let [gateway, replica, withoutDomain]: string[] = [];
let serverCredentials: string;

beforeAll(async () => {
  const shared = { COOKIE_DOMAIN: DOMAIN };
  platform = await startPlatform({ gateways: [shared, shared, {}] });
  [gateway, replica, withoutDomain] = platform.gatewayUrls;
  owner = await ownerOf(platform, 'Harbour Cranes', ada);
  await ownerOf(platform, 'Elsewhere', eve);
  const { clientId, secret } = await registerServer(await operatorOf(platform), 'Devices');
  serverCredentials = `Basic ${btoa(`${clientId}:${secret}`)}`;
});
afterAll(async () => {
  await platform.stop();
});

async function browserOf(who: Parameters<Browser['signIn']>[0] = ada, url = gateway): Promise<Browser> {
  const browser = new Browser(url ?? '', PORTAL);
  expect((await browser.signIn(who)).status).toBe(201);
  return browser;
}

const secretIn = (browser: Browser, name: string) => browser.cookies.get(name)?.value ?? '';
const forwardedIn = (browser: Browser) => secretIn(browser, '__Secure-valetkey');

/** As a product's reverse proxy asks for a request that it was sent. */
function check(headers: Record<string, string>, url = gateway) {
  return new Client(url ?? '').call('GET', '/v1/forward-auth', { headers });
}

async function postForm(path: string, form: Record<string, string>, url = gateway) {
  const headers = { authorization: serverCredentials, 'content-type': 'application/x-www-form-urlencoded' };
  return new Client(url ?? '').call('POST', path, { body: new URLSearchParams(form).toString(), headers });
}

async function introspect(token: string, url = gateway): Promise<Introspection> {
  return Introspection.parse((await postForm('/oauth/introspect', { token }, url)).body);
}

describe('A product behind forward-auth never sees the portal’s secret', () => {
  it('for a browser gets a cookie for the portal alone, and another for the hosts of the domain', async () => {
    const browser = await browserOf();
    expect([...browser.cookies.keys()]).toEqual(['__Host-valetkey', '__Secure-valetkey']);
    const usual = ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'];
    expect(browser.cookies.get('__Host-valetkey')).toEqual({
      value: expect.stringMatching(/^vks_\w{49}$/),
      attributes: usual,
    });
    expect(browser.cookies.get('__Secure-valetkey')).toEqual({
      value: expect.stringMatching(/^vkf_\w{49}$/),
      attributes: [`Domain=${DOMAIN}`, ...usual],
      domain: DOMAIN,
    });
  });

  it('and is told who asks, by the cookie that the browser has for it', async () => {
    const browser = await browserOf();
    const cookie = browser.cookiesFor(PRODUCT);
    expect(cookie).toBe(`__Secure-valetkey=${forwardedIn(browser)}`);
    const { id, subject } = Session.parse((await browser.call('GET', '/v1/session')).body);
    const { status, headers } = await check({ cookie });
    expect({ status, subject: headers.get('x-valetkey-subject') }).toEqual({
      status: 200,
      subject: `user:${subject.id}`,
    });
    expect(headers.get('x-valetkey-account')).toBe(owner.accountId);
    expect(JSON.stringify([...headers])).not.toMatch(/vk[sf]_/);
    expect(browser.cookiesFor('devices.elsewhere.example')).toBe('');
    expect(await introspect(forwardedIn(browser))).toMatchObject({ sid: id });
  });

  it('whatever opened the session', async () => {
    const token = await lend(owner, { name: 'Service visit', type: 'one_time', role: 'viewer' });
    const browser = await browserOf({ token: token.secret });
    const { status, headers } = await check({ cookie: browser.cookiesFor(PRODUCT) });
    expect({ status, subject: headers.get('x-valetkey-subject') }).toEqual({
      status: 200,
      subject: `login-token:${token.id}`,
    });
  });

  it('and no answer shows a secret that stands in a cookie', async () => {
    const { email, password } = ada;
    const answer = await new Client(gateway ?? '').call('POST', '/v1/sessions', {
      body: { email, password, cookie: true },
    });
    expect(answer.body).toEqual({ session: expect.objectContaining({ kind: 'portal' }) });
    expect(JSON.stringify(answer.body)).not.toMatch(/vk[sf]_/);
  });

  it('while who signs in without cookies gets no forwarded session', async () => {
    const { email, password } = ada;
    for (const body of [
      { email, password },
      { email, password, cookie: false },
    ]) {
      const answer = await new Client(gateway ?? '').call('POST', '/v1/sessions', { body });
      expect(answer.body).toEqual({ session: expect.anything(), secret: expect.stringMatching(/^vks_/) });
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  it('and where no domain is shared, nobody does', async () => {
    const browser = await browserOf(ada, withoutDomain);
    expect([...browser.cookies.keys()]).toEqual(['__Host-valetkey']);
    expect(browser.cookiesFor(PRODUCT)).toBe('');
    const signedOut = await browser.call('DELETE', '/v1/session');
    expect(signedOut.headers.getSetCookie()).toHaveLength(1);
  });
});

describe('A forwarded session', () => {
  it('is introspected as its parent is', async () => {
    const browser = await browserOf();
    const parent = await introspect(secretIn(browser, '__Host-valetkey'));
    expect(parent).toMatchObject({ active: true, token_type: 'session', kind: 'portal', role: 'owner' });
    expect(await introspect(forwardedIn(browser))).toEqual(parent);
  });

  it('keeps its parent in use', async () => {
    const token = await lend(owner, { name: 'Kept in use' });
    const browser = await browserOf({ token: token.secret });
    platform.clock.advance(MINUTE_MS);
    const lastSeenAt = platform.clock.now().toISOString();
    await check({ cookie: browser.cookiesFor(PRODUCT) });
    await eventually('the use is written down', async () => {
      const { body } = await owner.call('GET', `${token.path}/sessions`);
      const { items } = pageOf(Session).parse(body);
      return items.some((session) => session.lastSeenAt === lastSeenAt) || undefined;
    });
  });

  it('is good for forward-auth as a bearer, too', async () => {
    const browser = await browserOf();
    expect((await check({ authorization: `Bearer ${forwardedIn(browser)}` })).status).toBe(200);
  });

  const others = [...contracts.filter(({ http }) => http), ...gatewayRoutes].filter(
    (route) => route.access.kind !== 'anyone' && route !== forwardAuth,
  );

  it('is good for no other route, however it is shown', async () => {
    const secret = forwardedIn(await browserOf());
    const shown: Record<string, string>[] = [
      { authorization: `Bearer ${secret}` },
      { cookie: `__Secure-valetkey=${secret}` },
      { cookie: `__Host-valetkey=${secret}` },
    ];
    expect(others.length).toBeGreaterThan(20);
    for (const { http: { method, path } = { method: 'GET', path: '' } } of others) {
      const url = path.replace('{accountId}', owner.accountId).replaceAll(/\{\w+\}/g, uuidv7());
      for (const headers of shown) {
        const { status } = await new Client(gateway ?? '').call(method, url, {
          headers: { ...headers, 'sec-fetch-site': 'same-origin' },
        });
        expect({ method, path, headers: Object.keys(headers), status }).toMatchObject({ status: 401 });
      }
    }
    expect((await check({ authorization: `Bearer ${secret}` })).status).toBe(200);
  });

  it('in its cookie is not even looked at where something is done, so no other site can use it', async () => {
    const cookie = (await browserOf()).cookiesFor(PRODUCT);
    const answer = await new Client(gateway ?? '').call('DELETE', '/v1/session', {
      headers: { cookie, origin: 'https://evil.example' },
    });
    expect(answer).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('comes after the session’s own cookie, which no product can have set', async () => {
    const [adas, eves] = [await browserOf(), await browserOf(eve)];
    const { subject } = Session.parse((await adas.call('GET', '/v1/session')).body);
    const own = `__Host-valetkey=${secretIn(adas, '__Host-valetkey')}`;
    const planted = eves.cookiesFor(PRODUCT);
    for (const cookie of [`${own}; ${planted}`, `${planted}; ${own}`]) {
      expect((await check({ cookie })).headers.get('x-valetkey-subject')).toBe(`user:${subject.id}`);
    }
  });

  it('that is mistyped is refused without a look', async () => {
    const answers: unknown[] = [];
    const mistyped = makeSecret('vkf').replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'));
    await withoutTable(platform, ['tokens', 'sessions'], async () => {
      answers.push(await introspect(mistyped));
      answers.push((await check({ cookie: `__Secure-valetkey=${mistyped}` })).status);
      answers.push((await check({ cookie: `__Secure-valetkey=${makeSecret('vkf')}` })).status);
    });
    expect(answers).toEqual([inactive, 401, 500]);
  });

  it('cannot be revoked: that is answered as for a token of nobody', async () => {
    const browser = await browserOf();
    expect((await postForm('/oauth/revoke', { token: forwardedIn(browser) })).status).toBe(200);
    expect(await introspect(forwardedIn(browser))).toMatchObject({ active: true });
    expect((await browser.call('GET', '/v1/session')).status).toBe(200);
  });
});

describe('A forwarded session ends with its parent', () => {
  /** Asks until the answer comes from memory: it still comes when tokens could not give it. */
  async function keepAnswers(browser: Browser): Promise<void> {
    for (const url of [gateway, replica]) {
      await eventually(`${url} keeps the answer`, async () => {
        const headers = { cookie: browser.cookiesFor(PRODUCT) };
        await check(headers, url);
        const statuses: number[] = [];
        await withoutTable(platform, ['tokens', 'sessions'], async () => {
          statuses.push((await check(headers, url)).status);
        });
        return statuses.includes(200) || undefined;
      });
    }
  }

  /** At once where its parent was ended, and at the other replica within an instant. */
  async function expectOut(forwarded: string): Promise<void> {
    const headers = { cookie: `__Secure-valetkey=${forwarded}` };
    expect(await introspect(forwarded)).toEqual(inactive);
    expect(await check(headers)).toMatchObject({ status: 401, code: 'unauthenticated' });
    await eventually('the replica refuses', async () => (await check(headers, replica)).status === 401 || undefined);
    expect(await introspect(forwarded, replica)).toEqual(inactive);
  }

  it('when the browser signs out, and both cookies go', async () => {
    const browser = await browserOf();
    const forwarded = forwardedIn(browser);
    await keepAnswers(browser);
    const signedOut = await browser.call('DELETE', '/v1/session');
    expect(signedOut.status).toBe(204);
    await expectOut(forwarded);
    expect(signedOut.headers.getSetCookie().map((line) => line.split('; ').sort())).toEqual([
      expect.arrayContaining(['__Host-valetkey=', 'Path=/', 'Secure']),
      expect.arrayContaining(['__Secure-valetkey=', `Domain=${DOMAIN}`, 'Path=/', 'Secure']),
    ]);
    expect([...browser.cookies.keys()]).toEqual([]);
  });

  it('when an owner deletes the login token', async () => {
    const token = await lend(owner, { name: 'Deleted' });
    const browser = await browserOf({ token: token.secret });
    await keepAnswers(browser);
    expect((await owner.call('DELETE', token.path)).status).toBe(204);
    await expectOut(forwardedIn(browser));
  });

  it('when a resource server revokes that', async () => {
    const browser = await browserOf();
    await keepAnswers(browser);
    expect((await postForm('/oauth/revoke', { token: secretIn(browser, '__Host-valetkey') })).status).toBe(200);
    await expectOut(forwardedIn(browser));
  });
});
