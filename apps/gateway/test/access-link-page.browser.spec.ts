import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startBrowser } from '@valetkey/testing/browser';
import type { Browser } from 'playwright-core';
import { HttpServer } from '../src/http/http-server.ts';
import { PageReader, problem, secretOf, type StubbedAnswer, type StubbedAnswers } from './page-reader.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

const [preview, redeem] = ['POST /v1/access-links/preview', 'POST /v1/sessions/access-link'];
const token = secretOf('vka');
const account = { id: '0197c7a2-0000-7000-8000-000000000001', name: 'Harbour Cranes' };
const shown = (...needs: string[]): StubbedAnswer => ({
  status: 200,
  body: { account: { name: account.name }, by: { name: 'Sam Support' }, expiresAt: '2026-07-08T11:30:00Z', needs },
});
const opened: StubbedAnswer = { status: 201, body: { session: { account } } };

let gateway: TestGateway;
let browser: Browser;
let reader: PageReader;

beforeAll(async () => {
  [gateway, browser] = await Promise.all([startGateway(), startBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});
beforeEach(() => readIn('en-GB'));
afterEach(() => reader.page.close());

async function readIn(locale: string): Promise<void> {
  reader = await PageReader.of(browser, gateway.module.get(HttpServer).url, locale);
}

/** Opens a link that needs something or nothing, of an account without a page of its own. */
async function openLink(needs: string[], answers: StubbedAnswers = {}): Promise<void> {
  await reader.open(`/open/access-link#${token}`, {
    [preview]: shown(...needs),
    [redeem]: opened,
    [`GET /v1/accounts/${account.id}`]: { status: 200, body: { landingUrl: null } },
    ...answers,
  });
}

const goIn = () => reader.press('Go in');
const focused = () => reader.page.locator(':focus');

describe('An access link', () => {
  it('says whose account it opens, by whom and until when, and opens nothing by that', async () => {
    await openLink([]);
    const text =
      'Sam Support sent you this link to Harbour Cranes. ' +
      'It lets you in without your own password, and is good until 8 July 2026 at 12:30.';
    await reader.page.getByText(text).waitFor();
    expect(reader.asked).toEqual([{ what: preview, body: { token } }]);
  });

  it('speaks Portuguese to who reads it', async () => {
    await reader.page.close();
    await readIn('pt-PT');
    await openLink(['password', 'code'], { [redeem]: problem(429, 'too_many_requests', { retryAfter: '900' }) });
    await reader.page.getByText('Sam Support enviou a você este link para Harbour Cranes.').waitFor();
    await reader.field('Senha do link').fill('gate');
    await reader.press('Usar um código de recuperação');
    await reader.field('Código de recuperação').fill('k7fq2-9xw4t');
    await reader.press('Entrar');
    await reader.saying('Tentativas demais. Aguarde 15 minutos.');
  });

  it('that needs nothing opens at one press of the button, by cookie', async () => {
    await openLink([]);
    await goIn();
    await reader.saying('You are signed in to Harbour Cranes now.');
    expect(reader.bodies(redeem)).toEqual([{ token, cookie: true }]);
    expect(await reader.forms()).toBe(0);
  });

  it('goes on to the page of the account where there is one', async () => {
    const landingUrl = new URL('/docs', gateway.module.get(HttpServer).url).href;
    await openLink([], { [`GET /v1/accounts/${account.id}`]: { status: 200, body: { landingUrl } } });
    await goIn();
    await reader.page.waitForURL(landingUrl);
  });

  it('breaks no policy of its own, whatever it shows', async () => {
    const violations: string[] = [];
    reader.page.on('console', (message) => {
      if (message.type() === 'error') violations.push(message.text());
    });
    await openLink(['password', 'code']);
    await reader.press('Use a recovery code instead');
    await reader.field('Password of the link').fill('gate');
    await reader.field('Recovery code').fill('k7fq2-9xw4t');
    await goIn();
    await reader.saying('You are signed in');
    expect(violations).toEqual([]);
  });
});

describe('An access link asks', () => {
  it('for the password that it has', async () => {
    await openLink(['password']);
    await goIn();
    expect(await focused().getAttribute('name')).toBe('password');
    expect(reader.bodies(redeem)).toEqual([]);
    await reader.field('Password of the link').fill(' left gate ');
    await goIn();
    await reader.saying('You are signed in');
    expect(reader.bodies(redeem)).toEqual([{ token, password: ' left gate ', cookie: true }]);
  });

  it('for a code of who has two-factor on, with or without a space', async () => {
    await openLink(['code']);
    await reader.field('Code of your authenticator').fill('12345');
    await goIn();
    expect(reader.bodies(redeem)).toEqual([]);
    await reader.field('Code of your authenticator').fill('123 456');
    await goIn();
    await reader.saying('You are signed in');
    expect(reader.bodies(redeem)).toEqual([{ token, code: '123456', cookie: true }]);
  });

  it('for a recovery code of who has no authenticator at hand, and takes one back', async () => {
    await openLink(['code']);
    await reader.press('Use a recovery code instead');
    expect(await focused().getAttribute('name')).toBe('recoveryCode');
    await reader.press('Use the authenticator instead');
    expect(await focused().getAttribute('name')).toBe('code');
    await reader.press('Use a recovery code instead');
    await reader.field('Recovery code').fill('k7fq2-9xw4t');
    await goIn();
    await reader.saying('You are signed in');
    expect(reader.bodies(redeem)).toEqual([{ token, recoveryCode: 'k7fq2-9xw4t', cookie: true }]);
  });

  it.each([
    ['password_required', 'This link has a password.', 'Password of the link', 'gate'],
    ['code_required', 'You have two-factor authentication on.', 'Code of your authenticator', '123456'],
  ])('for what it turns out to need (%s)', async (code, text, label, given) => {
    await openLink([], { [redeem]: problem(401, code) });
    await goIn();
    await reader.saying(text);
    expect(await focused().getAttribute('id')).toBe(await reader.field(label).getAttribute('id'));
    reader.answers[redeem] = opened;
    await reader.field(label).fill(given);
    await goIn();
    await reader.saying('You are signed in');
    const proof = code === 'password_required' ? { password: given } : { code: given };
    expect(reader.bodies(redeem)).toEqual([
      { token, cookie: true },
      { token, ...proof, cookie: true },
    ]);
  });
});

describe('An access link tells of', () => {
  it.each<[string, StubbedAnswer | 'away', string, boolean]>([
    ['a wrong password', problem(401, 'wrong_password'), 'That is not the password of this link.', true],
    ['a wrong code', problem(401, 'wrong_code'), 'This code is not right, or was used before.', true],
    ['its end meanwhile', problem(401, 'invalid_link'), 'This link is not valid any more', false],
    ['tries and how long to wait', problem(429, 'too_many_requests', { retryAfter: '61' }), 'wait 2 minutes.', true],
    ['a service that is away', problem(503, 'unavailable'), 'not your fault', true],
    ['no network', 'away', 'not your fault', true],
  ])('%s', async (_what, answer, text, again) => {
    await openLink(['password', 'code'], { [redeem]: answer });
    await reader.field('Password of the link').fill('gate');
    await reader.field('Code of your authenticator').fill('123456');
    await goIn();
    await reader.saying(text);
    expect(await reader.forms()).toBe(again ? 1 : 0);
  });

  it('which field is wrong, to all senses', async () => {
    await openLink(['password', 'code'], { [redeem]: problem(401, 'wrong_code') });
    await reader.field('Password of the link').fill('gate');
    await reader.field('Code of your authenticator').fill('123456');
    await goIn();
    await reader.saying('This code is not right');
    expect(await focused().getAttribute('name')).toBe('code');
    expect(await focused().getAttribute('aria-invalid')).toBe('true');
    expect(await focused().getAttribute('aria-describedby')).toContain('status');
  });

  it('being over before it is shown', async () => {
    await openLink([], { [preview]: problem(401, 'invalid_link') });
    await reader.saying('This link is not valid any more');
    expect(await reader.forms()).toBe(0);
  });

  it.each<[string, StubbedAnswer | 'away', string]>([
    ['too many tries', problem(429, 'too_many_requests', { retryAfter: '60' }), 'wait 1 minute.'],
    ['a service that is away', problem(503, 'unavailable'), 'not your fault'],
    ['no network', 'away', 'not your fault'],
  ])('%s before it is shown, and can be tried again', async (_what, answer, text) => {
    await openLink([], { [preview]: answer });
    await reader.saying(text);
    reader.answers[preview] = shown();
    await reader.press('Try again');
    await goIn();
    await reader.saying('You are signed in');
  });
});
