import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Session } from '@valetkey/contracts';
import { startBrowser } from '@valetkey/testing/browser';
import { freePort } from '@valetkey/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { type Owner, ownerOf, person, signedIn } from './client.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const ada = person('ada@harbour.example');
const password = 'plum tractor violin';
let platform: Platform;
let browser: Browser;
let page: Page;
let owner: Owner;

beforeAll(async () => {
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  [platform, browser] = await Promise.all([
    startPlatform({ publicUrl, gateways: [{ PORT: String(port) }] }),
    startBrowser(),
  ]);
  owner = await ownerOf(platform, 'Harbour Cranes', ada);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await platform.stop();
});
beforeEach(async () => {
  page = await browser.newPage({ locale: 'en-GB' });
  page.setDefaultTimeout(10_000);
});
afterEach(() => page.close());

/** Opens what the newest mail to an address links to. */
async function followMail(email: string, path: string): Promise<void> {
  const pattern = new RegExp(`http://localhost:\\d+/open/${path}\\S*#\\S+`);
  const mail = await platform.mailbox.waitFor(
    ({ to, text }) => (to?.some(({ address }) => address === email) ?? false) && pattern.test(text ?? ''),
    { timeoutMs: 10_000 },
  );
  await page.goto(pattern.exec(mail.text ?? '')?.[0] ?? '');
}

const field = (label: string) => page.locator('form:visible').getByLabel(label);
const press = (name: string) => page.getByRole('button', { name }).click();
const saying = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();

/** The session of the browser, as its cookie opens it. */
async function sessionOfBrowser(): Promise<Session> {
  await page.goto(new URL('/v1/session', page.url()).href);
  return Session.parse(JSON.parse(await page.locator('body').innerText()));
}

async function invite(email: string, role: string): Promise<void> {
  const scope = { type: 'account', id: owner.accountId };
  const answer = await owner.call('POST', `${owner.path}/invitations`, { body: { email, scope, role } });
  expect(answer.status).toBe(201);
}

describe('A mail leads to a page that', () => {
  it('confirms the address of a sign-up', async () => {
    const bob = person('bob@harbour.example');
    expect((await owner.call('POST', '/v1/users', { body: { ...bob, accountName: 'Quay' } })).status).toBe(202);
    await followMail(bob.email, 'verification');
    await field('Password').fill(bob.password);
    await press('Confirm this address');
    await saying('Your address is confirmed');
    expect((await signedIn(platform, bob)).accountId).not.toBe('');
  });

  it('confirms an address that a user added, at one press of a button', async () => {
    const email = 'ada@private.example';
    const body = { email, currentPassword: ada.password };
    expect((await owner.call('POST', '/v1/users/me/emails', { body })).status).toBe(201);
    await followMail(email, 'verification');
    expect(await field('Password').isVisible()).toBe(false);
    await press('Confirm this address');
    await saying('Your address is confirmed');
    expect((await signedIn(platform, { ...ada, email })).accountId).toBe(owner.accountId);
  });

  it('takes a new password, and tells a guessable one from a good one', async () => {
    const carl = person('carl@harbour.example');
    await ownerOf(platform, 'Lighthouse', carl);
    expect((await owner.call('POST', '/v1/password-resets', { body: { email: carl.email } })).status).toBe(202);
    await followMail(carl.email, 'reset');
    for (const [given, answer] of [
      ['password1234', 'This password is too easy to guess.'],
      [password, 'Your password is changed.'],
    ] as const) {
      await field('New password').fill(given);
      await field('The same once more').fill(given);
      await press('Change the password');
      await saying(answer);
    }
    await expect(signedIn(platform, carl)).rejects.toThrow('401');
    await signedIn(platform, { ...carl, password });
  });
});

it('A mail about what has happened leads to a page that says whose mail it is', async () => {
  const { text = '' } = await platform.mailbox.waitFor(({ subject }) => subject === 'Your password was reset', {
    timeoutMs: 10_000,
  });
  const [link = ''] = /http:\/\/localhost:\d+/.exec(text) ?? [];
  expect((await page.goto(link))?.status()).toBe(200);
  await page.getByText('This service looks after who may use the software of your organization.').waitFor();
  await page.getByRole('link', { name: 'For developers' }).click();
  await page.waitForURL('**/docs');
});

describe('An invitation leads to a page that', () => {
  beforeAll(async () => {
    const landingUrl = `${owner.baseUrl.replace('127.0.0.1', 'localhost')}/docs`;
    expect((await owner.call('PATCH', owner.path, { body: { landingUrl } })).status).toBe(200);
  });

  it('makes somebody new a user and a member, signs them in and goes on to the account’s own page', async () => {
    await invite('dora@harbour.example', 'manager');
    await followMail('dora@harbour.example', 'invitation');
    await page.getByText('Olivia invites you to Harbour Cranes, as manager of the whole account.').waitFor();
    await field('Your name').fill('Dora');
    await field('A password of your choice').fill(password);
    await press('Accept the invitation');
    await page.waitForURL('**/docs');
    expect(await sessionOfBrowser()).toMatchObject({
      subject: { name: 'Dora' },
      account: { name: 'Harbour Cranes' },
      role: 'manager',
    });
  });

  it('lets a user of another account sign in, and moves them here', async () => {
    const emil = person('emil@elsewhere.example');
    await ownerOf(platform, 'Elsewhere', emil);
    await invite(emil.email, 'viewer');
    await followMail(emil.email, 'invitation');
    await field('Password').fill('not his password');
    await press('Sign in and accept');
    await saying('That is not the password of this address.');
    await field('Password').fill(emil.password);
    await press('Sign in and accept');
    await page.waitForURL('**/docs');
    expect(await sessionOfBrowser()).toMatchObject({ account: { name: 'Harbour Cranes' }, role: 'viewer' });
  });

  it('is looked at by mail scanners, which accepts nothing', async () => {
    await invite('fay@harbour.example', 'viewer');
    for (let look = 0; look < 3; look += 1) {
      await followMail('fay@harbour.example', 'invitation');
      await field('Your name').waitFor();
    }
    const { body } = await owner.call('GET', `${owner.path}/invitations?status=pending&query=fay`);
    expect(body).toMatchObject({ items: [{ email: 'fay@harbour.example', status: 'pending' }] });
  });
});
