import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeSecret, type SecretPrefix } from '@valetkey/credentials';
import { z } from 'zod';
import { storedEvents } from './access-stream.ts';
import { Browser } from './browser.ts';
import { type Answer, Client, mailedSecret, type Owner, ownerOf, person, signedIn } from './client.ts';
import { eventually } from './eventually.ts';
import { lend } from './lending.ts';
import { useLinks, usePartnerTokens } from './lent-secret-stories.ts';
import { memberOf } from './members.ts';
import { operatorOf, registerServer } from './operator.ts';
import {
  addAddress,
  joinByInvitation,
  keepForTheNextDay,
  resetPassword,
  type Secrets,
  useKeys,
  useTwoFactor,
} from './secret-stories.ts';
import { OPERATOR_EMAIL, type Platform, startPlatform } from './start-platform.ts';
import { storedRows } from './stored-rows.ts';
import { withoutTable } from './without-table.ts';

const WRONG_PASSWORD = 'a wrong guess that was typed once';
const ada = person('ada@harbour.example');
const late = person('late@harbour.example');
const Secret = z.object({ secret: z.string() });

const lines: string[] = [];
const secrets: Secrets = new Map([['a wrong password', WRONG_PASSWORD]]);
let platform: Platform;

beforeAll(async () => {
  const gateways = [{ COOKIE_DOMAIN: 'valetkey.example' }, {}];
  platform = await startPlatform({ gateways, logs: { write: (line) => void lines.push(line) } });
  const owner = await ownerOf(platform, 'Harbour Cranes', ada);
  for (const who of [ada, late, person(OPERATOR_EMAIL)]) secrets.set(`the password of ${who.email}`, who.password);
  secrets.set('a session', owner.secret ?? '');
  await lendAndTakeBack(owner);
  await introspectAndRevoke(owner);
  await signInByCookie(owner);
  await tryInVain(owner);
  await signUpTwice();
  await playStories(owner);
  await secretsOfMails();
  await failEverywhere(owner);
  await keepForTheNextDay(platform, owner, ada);
}, 120_000);
afterAll(async () => {
  await platform.stop();
});

async function lendAndTakeBack(owner: Owner): Promise<void> {
  const headers = { 'idempotency-key': randomBytes(16).toString('base64url') };
  const request = { body: { name: 'Repeated', type: 'permanent' }, headers };
  secrets.set(
    'an idempotent login token',
    Secret.parse((await owner.call('POST', `${owner.path}/login-tokens`, request)).body).secret,
  );
  await owner.call('POST', `${owner.path}/login-tokens`, request);
  const token = await lend(owner, { name: 'Lent' });
  const technician = await owner.redeem(token.secret);
  const rotated = await owner.call('POST', `${token.path}/rotate`, { body: { graceSeconds: 60 } });
  secrets.set('a login token', token.secret).set('a session of a login token', technician.secret ?? '');
  secrets.set('a rotated login token', Secret.parse(rotated.body).secret);
  await technician.call('PATCH', '/v1/session', { body: { organizationId: null } });
  await owner.call('DELETE', token.path);
  secrets.set('a session of a member', (await memberOf(platform, owner, 'viewer')).secret ?? '');
}

async function introspectAndRevoke(owner: Owner): Promise<void> {
  const operator = await operatorOf(platform);
  const { clientId, secret } = await registerServer(operator, 'Devices');
  secrets.set('a resource server', secret).set('a session of the operator', operator.secret ?? '');
  const basic = btoa(`${clientId}:${secret}`);
  secrets.set('the credentials of a resource server', basic);
  const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
  const again = await signedIn(platform, ada);
  secrets.set('a revoked session', again.secret ?? '');
  for (const path of ['/oauth/introspect', '/oauth/revoke']) {
    const answer = await new Client(owner.baseUrl).call('POST', path, { body: `token=${again.secret ?? ''}`, headers });
    expect(answer.status).toBe(200);
  }
}

/** A forwarded session where it is good, and where it is not. */
async function signInByCookie(owner: Owner): Promise<void> {
  const browser = new Browser(owner.baseUrl, 'valetkey.example');
  expect((await browser.signIn(ada)).status).toBe(201);
  for (const [name, { value }] of browser.cookies) secrets.set(`the cookie ${name}`, value);
  const headers = { cookie: browser.cookiesFor('devices.valetkey.example') };
  const product = new Client(owner.baseUrl);
  expect((await product.call('GET', '/v1/forward-auth', { headers })).status).toBe(200);
  await product.call('GET', '/v1/session', { headers });
  await browser.call('DELETE', '/v1/session');
  await withoutTable(platform, ['tokens', 'sessions'], async () => {
    await product.call('GET', '/v1/forward-auth', { headers });
  });
}

/** Secrets where they do not belong, as people paste them. */
async function tryInVain(owner: Owner): Promise<void> {
  const anybody = new Client(owner.baseUrl);
  const { secret } = await lend(owner, { name: 'Misplaced' });
  secrets.set('a login token in the wrong place', secret);
  await anybody.call('POST', '/v1/sessions', { body: { email: ada.email, password: WRONG_PASSWORD } });
  await anybody.call('POST', '/v1/sessions', { body: { email: 'nobody@harbour.example', password: WRONG_PASSWORD } });
  await anybody.call('POST', '/v1/sessions', { body: { token: secret, password: WRONG_PASSWORD, email: 7 } });
  await anybody.call('POST', '/v1/email-verifications', { body: { token: secret } });
  await owner.call('GET', `/v1/session?access_token=${secret}`);
  await owner.call('GET', `${owner.path}/login-tokens/${secret}`);
  await owner.call('GET', `/v1/${secret}/%ff`);
  await new Client(owner.baseUrl, secret).call('GET', '/v1/session');
}

/** A service that stumbles logs what it stumbled over. */
async function failEverywhere(owner: Owner): Promise<void> {
  const { secret } = await lend(owner, { name: 'Unlucky' });
  secrets.set('a login token shown to a broken service', secret);
  const anybody = new Client(owner.baseUrl);
  const { email, password } = ada;
  const expectFault = (answer: Answer) => expect(answer).toMatchObject({ status: 500, code: 'internal' });
  await withoutTable(platform, ['tokens', 'login_tokens'], async () => {
    expectFault(await anybody.call('POST', '/v1/sessions/login-token', { body: { token: secret } }));
    expectFault(await owner.call('POST', `${owner.path}/login-tokens`, { body: { name: 'No', type: 'permanent' } }));
  });
  await withoutTable(platform, ['identity', 'users'], async () => {
    expectFault(await anybody.call('POST', '/v1/sessions', { body: { email, password } }));
  });
  await withoutTable(platform, ['identity', 'sign_ups'], async () => {
    expectFault(await anybody.call('POST', '/v1/users', { body: { ...ada, accountName: 'No' } }));
  });
  for (const [path, table, body] of broken()) {
    await withoutTable(platform, table, async () => expectFault(await anybody.call('POST', path, { body })));
  }
  await withoutTable(platform, ['tenancy', 'organizations'], async () => {
    expectFault(await owner.call('POST', `${owner.path}/organizations`, { body: { name: 'No' } }));
  });
}

/** Somebody joins, and has to do with every other kind of secret that a user has. */
async function playStories(owner: Owner): Promise<void> {
  const grace = await joinByInvitation(platform, owner, secrets);
  grace.password = await resetPassword(platform, grace, secrets);
  grace.password = await addAddress(platform, grace, secrets);
  await useTwoFactor(platform, grace, secrets);
  await useKeys(owner, secrets);
  await useLinks(platform, owner, grace, secrets);
  await usePartnerTokens(platform, owner, secrets);
}

/** What is asked with a secret while the table is away in which it would be looked up, or kept. */
function broken(): readonly (readonly [string, readonly [string, string], object])[] {
  const shown = (prefix: SecretPrefix) => {
    const secret = makeSecret(prefix);
    secrets.set(`${prefix} shown to a broken service`, secret);
    return secret;
  };
  const password = 'shown to a broken service alone';
  secrets.set('a password shown to a broken service', password);
  return [
    ['/v1/invitations/accept', ['tenancy', 'invitations'], { token: shown('vki'), name: 'N', password }],
    ['/v1/password-resets/complete', ['identity', 'password_resets'], { token: shown('vkr'), password }],
    ['/v1/email-verifications', ['identity', 'email_verifications'], { token: shown('vkv'), password }],
    ['/v1/sessions/access-link', ['tokens', 'access_links'], { token: shown('vka'), password }],
    ['/v1/access-links/preview', ['tokens', 'access_links'], { token: shown('vka') }],
    ['/v1/sessions/two-factor', ['identity', 'sign_in_challenges'], { challenge: shown('vkc'), code: '123456' }],
  ];
}

async function signUpTwice(): Promise<void> {
  const anybody = new Client(platform.gatewayUrls[0] ?? '');
  for (const who of [late, ada]) await anybody.call('POST', '/v1/users', { body: { ...who, accountName: 'Late' } });
  await mailedSecret(platform, late.email, 'vkv'); // one that a resend overtakes is not sent at all
  platform.clock.advance(1); // verifications are told apart by when they were asked for
  await anybody.call('POST', '/v1/email-verifications/resend', { body: { email: late.email } });
}

async function secretsOfMails(): Promise<void> {
  const mails = await eventually('every mail', async () => {
    const all = platform.mailbox.messages();
    return all.filter(({ envelope }) => envelope.to.includes(late.email)).length >= 2 && all.length >= 5
      ? all
      : undefined;
  });
  mails.forEach(({ text }, place) => {
    for (const [secret] of (text ?? '').matchAll(/vk[a-z]_\w{49}/g))
      secrets.set(`a secret of mail ${place + 1}`, secret);
  });
}

/** Which of the secrets stand in a text, as they are or by the part that makes them secret. */
function leaksIn(text: string): string[] {
  return [...secrets].filter(([, secret]) => text.includes(secret.replace(/^vk[a-z]_/, ''))).map(([what]) => what);
}

/** What the stories are known to have come to. */
const told = [
  ...['invitation.accepted', 'invitation.resent', 'user.password-changed', 'user.email-verified'],
  ...['user.two-factor-enabled', 'user.recovery-code-used', 'user.two-factor-disabled'],
  ...['access-link.created', 'access-link.edited', 'access-link.redeemed', 'access-link.deleted'],
  ...['partnership.token-created', 'partnership.activated', 'partner-user.authorized', 'session.entered'],
  ...['access-key.rotated', 'login-token.redeemed', 'account.billing-changed', 'mail.sent'],
];

describe('what was shown once', () => {
  it('was shown here, of every kind there is', () => {
    const kinds = new Set([...secrets.values()].map((secret) => /^vk[a-z]_/.exec(secret)?.[0]));
    expect(kinds).toEqual(
      new Set([undefined, ...['vks_', 'vkf_', 'vkl_', 'vkx_', 'vkv_', 'vki_', 'vkr_', 'vkc_', 'vkk_', 'vka_', 'vkp_']]),
    );
    for (const [what, secret] of secrets)
      expect({ what, length: secret.length }).toEqual({ what, length: expect.any(Number) });
    for (const [what, secret] of secrets) {
      expect({ what, isLong: secret.length > 20 }).toEqual({ what, isLong: true });
      expect(leaksIn(`would be found: ${secret}.`)).toContain(what);
    }
  });

  it('stands in no row of any database', async () => {
    const rows = await storedRows(platform);
    expect(new Set(rows.map(({ table }) => table.split('.')[0]))).toEqual(new Set(Object.keys(platform.databases)));
    const leaks = rows.flatMap(({ table, text }) => leaksIn(text).map((what) => `${what} in ${table}`));
    expect(leaks).toEqual([]);
  });

  it('stands in no event, and neither does an address or anything mailed', async () => {
    const events = await storedEvents(platform);
    expect(events.map(({ subject }) => subject.split('.').slice(3).join('.'))).toEqual(expect.arrayContaining(told));
    for (const { text, subject } of events) {
      expect({ subject, leaks: leaksIn(text) }).toEqual({ subject, leaks: [] });
      expect(text).not.toMatch(/@|argon2|vk[a-z]_/);
    }
  });

  it('stands in no line of any log, however much is logged', () => {
    const services = new Set(lines.map((line) => z.object({ service: z.string() }).parse(JSON.parse(line)).service));
    for (const service of ['gateway', 'identity', 'tenancy', 'tokens']) expect(services).toContain(service);
    const leaks = lines.flatMap((line) => leaksIn(line).map((what) => `${what} in ${line}`));
    expect(leaks).toEqual([]);
  });

  it('is wiped from the mail queue and from what was ordered there, once sent', async () => {
    await eventually('no mail keeps its content', async () => {
      const rows = await storedRows(platform);
      const sealed = rows.filter(
        ({ table, text }) => /\.(mails|outbox|digest_items)$/.test(table) && /eyJ[\w-]+\.[\w-]*\.[\w-]+\./.test(text),
      );
      return sealed.length === 0 || undefined;
    });
  });
});
