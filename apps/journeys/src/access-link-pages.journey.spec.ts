import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessLink, Session } from '@valetkey/contracts';
import { startBrowser } from '@valetkey/testing/browser';
import { freePort } from '@valetkey/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { mailedLink, type MailedLink, recipientOf, redeemLink, sendLink } from './access-links.ts';
import { Authenticator, halfMinutesOf } from './authenticator.ts';
import { type Client, type Owner, ownerOf, type Person, person, signedIn } from './client.ts';
import { memberOf } from './members.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const MINUTE_MS = 60_000;
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
const isOver = 'This link is not valid any more';

let platform: Platform;
let browser: Browser;
let page: Page;
let owner: Owner;
let operator: Client;
let sam: Owner;

beforeAll(async () => {
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  [platform, browser] = await Promise.all([
    startPlatform({ publicUrl, gateways: [{ PORT: String(port) }] }),
    startBrowser(),
  ]);
  owner = await ownerOf(platform, 'Harbour Cranes', person('olivia@harbour.example'));
  operator = await operatorOf(platform);
  await turnLinks(true);
  const landingUrl = `${publicUrl}/docs`;
  expect((await owner.call('PATCH', owner.path, { body: { landingUrl } })).status).toBe(200);
  await memberOf(platform, owner, 'supporter', { name: 'Sam' });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await platform.stop();
});
beforeEach(async () => {
  sam = await signedIn(platform, whoIs('Sam'));
  page = await browser.newPage({ locale: 'en-GB' });
  page.setDefaultTimeout(10_000);
});
afterEach(() => page.close());

/** Turns the account's module on or off. */
async function turnLinks(on: boolean): Promise<void> {
  const body = { modules: { access_links: on } };
  const { status } = await operator.call('PATCH', `/v1/operator/accounts/${owner.accountId}`, { body });
  expect(status).toBe(200);
}

/** A member of the account, as they sign in. */
function whoIs(name: string): Person {
  const { email, password } = person(`${name}@${owner.accountId}.example`);
  return { email: email.toLowerCase(), password, name };
}

/** Sam sends a link to a member. */
async function sendTo({ email }: Person, fields?: Record<string, unknown>): Promise<MailedLink> {
  return sendLink(platform, sam, await recipientOf(sam, { email }), fields);
}

/** Sam sends a link to somebody new, who is a viewer of the account. */
async function sendToNew(name: string, fields?: Record<string, unknown>): Promise<MailedLink> {
  await memberOf(platform, owner, 'viewer', { name });
  return sendTo(whoIs(name), fields);
}

/** What the mail with this secret links to. */
function addressIn({ secret }: Pick<MailedLink, 'secret'>): string {
  const mail = platform.mailbox.messages().find(({ text }) => text?.includes(secret));
  return new RegExp(`http://localhost:\\d+/open/access-link#${secret}`).exec(mail?.text ?? '')?.[0] ?? '';
}

const follow = (link: Pick<MailedLink, 'secret'>) => page.goto(addressIn(link));
const field = (label: string) => page.locator('form:visible').getByLabel(label);
const goIn = () => page.getByRole('button', { name: 'Go in' });
const saying = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();

async function landed(): Promise<void> {
  await page.waitForURL('**/docs');
}

/** The session of the browser, as its cookie opens it. */
async function sessionOfBrowser(): Promise<Session> {
  await page.goto(new URL('/v1/session', page.url()).href);
  return Session.parse(JSON.parse(await page.locator('body').innerText()));
}

async function shown({ path }: MailedLink): Promise<AccessLink> {
  return AccessLink.parse((await sam.call('GET', path)).body);
}

async function expectOver(link: Pick<MailedLink, 'secret'>): Promise<void> {
  await follow(link);
  await saying(isOver);
  expect(await goIn().isVisible()).toBe(false);
}

describe('The mail of an access link leads to a page that', () => {
  it('says whose account it opens and by whom, lets in at one press, and goes on to the account’s own page', async () => {
    const link = await sendToNew('Vera');
    await follow(link);
    expect(page.url()).not.toContain(link.secret);
    await page.getByText('Sam sent you this link to Harbour Cranes.').waitFor();
    await goIn().click();
    await landed();
    expect(await sessionOfBrowser()).toMatchObject({
      kind: 'access_link',
      subject: { name: 'Vera' },
      actor: { type: 'access-link', id: link.id, actor: { type: 'user', name: 'Sam' } },
      account: { name: 'Harbour Cranes' },
      role: 'viewer',
    });
  });

  it('asks for the password, and for a code of who has two-factor on', async () => {
    const ada = await memberOf(platform, owner, 'manager', { name: 'Ada' });
    const authenticator = await Authenticator.of(ada, whoIs('Ada'), halfMinutesOf(platform));
    await follow(await sendTo(whoIs('Ada'), { password: 'third gate' }));
    for (const [password, code, answer] of [
      ['second gate', authenticator.code(), 'That is not the password of this link.'],
      ['third gate', '000000', 'This code is not right'],
    ] as const) {
      await field('Password of the link').fill(password);
      await field('Code of your authenticator').fill(code);
      await goIn().click();
      await saying(answer);
    }
    await field('Code of your authenticator').fill(authenticator.code());
    await goIn().click();
    await landed();
    expect(await sessionOfBrowser()).toMatchObject({ kind: 'access_link', subject: { name: 'Ada' }, role: 'manager' });
  });

  it('takes a recovery code of who has lost the authenticator', async () => {
    const bea = await memberOf(platform, owner, 'viewer', { name: 'Bea' });
    const authenticator = await Authenticator.of(bea, whoIs('Bea'), halfMinutesOf(platform));
    const body = { currentPassword: whoIs('Bea').password, code: authenticator.code() };
    const renewed = await bea.call('POST', '/v1/users/me/two-factor/recovery-codes', { body });
    const { recoveryCodes } = RecoveryCodes.parse(renewed.body);
    await follow(await sendTo(whoIs('Bea')));
    await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
    await field('Recovery code').fill(recoveryCodes[0] ?? '');
    await goIn().click();
    await landed();
  });

  it('asks for a code when two-factor was turned on after it was opened', async () => {
    const cleo = await memberOf(platform, owner, 'viewer', { name: 'Cleo' });
    await follow(await sendTo(whoIs('Cleo')));
    await goIn().waitFor();
    const authenticator = await Authenticator.of(cleo, whoIs('Cleo'), halfMinutesOf(platform));
    await goIn().click();
    await saying('You have two-factor authentication on.');
    await field('Code of your authenticator').fill(authenticator.code());
    await goIn().click();
    await landed();
  });

  it('says how long to wait after five wrong passwords', async () => {
    await follow(await sendToNew('Dan', { password: 'third gate' }));
    for (let tries = 1; tries <= 5; tries += 1) {
      await field('Password of the link').fill(`gate ${tries}`);
      const answered = page.waitForResponse('**/v1/sessions/access-link');
      await goIn().click();
      expect((await answered).status()).toBe(401);
      await saying('That is not the password of this link.');
    }
    await field('Password of the link').fill('third gate');
    await goIn().click();
    await saying('Too many tries. Please wait 15 minutes.');
    platform.clock.advance(15 * MINUTE_MS);
    await goIn().click();
    await landed();
  });

  it('is looked at by mail scanners, which uses nothing up', async () => {
    const link = await sendToNew('Eve', { maxUses: 1 });
    for (const method of ['HEAD', 'GET', 'HEAD', 'GET']) {
      const answer = await fetch(addressIn(link), { method });
      expect(answer.status).toBe(200);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    for (let look = 0; look < 3; look += 1) {
      const scanner = await browser.newPage({ locale: 'en-GB' });
      await scanner.goto(addressIn(link));
      await scanner.getByRole('button', { name: 'Go in' }).waitFor();
      await scanner.close();
    }
    const untouched = await shown(link);
    expect(untouched).toMatchObject({ status: 'live', uses: 0 });
    expect(untouched.lastUsedAt).toBeUndefined();
    await follow(link);
    await goIn().click();
    await landed();
    expect(await shown(link)).toMatchObject({ status: 'used', uses: 1 });
  });
});

describe('The page of an access link says that it is over when the link', () => {
  it('is used up', async () => {
    const link = await sendToNew('Finn', { maxUses: 1 });
    await follow(link);
    await goIn().click();
    await landed();
    await expectOver(link);
  });

  it('was deleted, while it was open too', async () => {
    const link = await sendToNew('Gina');
    await follow(link);
    await goIn().waitFor();
    expect((await sam.call('DELETE', link.path)).status).toBe(204);
    await goIn().click();
    await saying(isOver);
    await expectOver(link);
  });

  it('is suspended with the module, until that is on again', async () => {
    const link = await sendToNew('Kay');
    await turnLinks(false);
    await expectOver(link);
    await turnLinks(true);
    await follow(link);
    await goIn().click();
    await landed();
  });

  it('has expired', async () => {
    const expiresAt = new Date(platform.clock.now().getTime() + 10 * MINUTE_MS).toISOString();
    const link = await sendToNew('Hugo', { expiresAt });
    platform.clock.advance(10 * MINUTE_MS);
    await expectOver(link);
  });

  it('was edited; the mail that came of it lets in', async () => {
    const link = await sendToNew('Iris');
    const edit = () => sam.call('PATCH', link.path, { body: { password: 'third gate' } });
    const edited = await mailedLink(platform, link.email, edit);
    expect(edited.answer.status).toBe(200);
    await expectOver(link);
    await follow(edited);
    await field('Password of the link').fill('third gate');
    await goIn().click();
    await landed();
  });

  it('was locked by wrong passwords, until it is sent anew', async () => {
    const link = await sendToNew('Jon', { password: 'third gate' });
    for (let tries = 1; tries <= 20; tries += 1) {
      expect(await redeemLink(owner.baseUrl, link.secret, { password: 'no gate' })).toMatchObject({ status: 401 });
      if (tries % 5 === 0) platform.clock.advance(15 * MINUTE_MS);
    }
    await expectOver(link);
    sam = await signedIn(platform, whoIs('Sam'));
    expect(await shown(link)).toMatchObject({ status: 'locked' });
    const again = () => sam.call('PATCH', link.path, { body: { password: 'fourth gate' } });
    const { secret } = await mailedLink(platform, link.email, again);
    await follow({ secret });
    await field('Password of the link').fill('fourth gate');
    await goIn().click();
    await landed();
  });
});
