import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startBrowser } from '@valetkey/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { HttpServer } from '../src/http/http-server.ts';
import { PageReader, problem, secretOf, type StubbedAnswer, type StubbedAnswers } from './page-reader.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

let gateway: TestGateway;
let browser: Browser;
let reader: PageReader;
let page: Page;

beforeAll(async () => {
  [gateway, browser] = await Promise.all([startGateway(), startBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});
beforeEach(() => readIn('en-GB'));
afterEach(() => page.close());

/** Who opens the pages has their system in this language. */
async function readIn(locale: string): Promise<void> {
  reader = await PageReader.of(browser, gateway.module.get(HttpServer).url, locale);
  ({ page } = reader);
}

const open = (path: string, answers?: StubbedAnswers) => reader.open(path, answers);
const said = () => page.getByRole('status').textContent();
const field = (label: string) => reader.field(label);
const saying = (text: string | RegExp) => reader.saying(text);

describe.each([
  ['verification', 'vkv'],
  ['reset', 'vkr'],
  ['invitation', 'vki'],
  ['access-link', 'vka'],
])('The page of a mailed link (%s)', (name, prefix) => {
  it('takes the secret out of the address bar at once', async () => {
    await open(`/open/${name}#${secretOf(prefix)}`);
    expect(page.url()).not.toContain('#');
    expect(await page.evaluate('history.length')).toBeLessThanOrEqual(2);
  });

  it('opened with anything else says that the link is incomplete, and asks nobody', async () => {
    for (const hash of ['', '#', `#${prefix}_short`, `#${secretOf('vkl')}`, '#<img>']) {
      // From elsewhere, or a browser would stay on the page for a fragment.
      await page.goto('about:blank');
      await open(`/open/${name}${hash}`);
      await saying('The link is incomplete');
      expect(await reader.forms()).toBe(0);
    }
    expect(reader.asked).toEqual([]);
  });

  it('speaks the language of the reader', async () => {
    await page.close();
    await readIn('pt-BR');
    await open(`/open/${name}`);
    await saying('O link está incompleto');
  });
});

describe('Confirming an address', () => {
  const path = `/open/verification#${secretOf('vkv')}`;
  const verify = 'POST /v1/email-verifications';

  it('posts secret and password in the body when its button is pressed, not before', async () => {
    await open(path, { [verify]: { status: 204 } });
    expect(reader.asked).toEqual([]);
    await field('Password').fill('the password of the sign-up');
    await page.getByRole('button').click();
    await saying('Your address is confirmed');
    expect(reader.asked).toEqual([
      { what: verify, body: { token: secretOf('vkv'), password: 'the password of the sign-up' } },
    ]);
    expect(await reader.forms()).toBe(0);
  });

  it('an address that a user added needs no password', async () => {
    await open(path.replace('#', '?added#'), { [verify]: { status: 204 } });
    expect(await field('Password').isVisible()).toBe(false);
    await page.getByRole('button').click();
    await saying('Your address is confirmed');
    expect(reader.asked).toEqual([{ what: verify, body: { token: secretOf('vkv') } }]);
  });

  it.each<[string, StubbedAnswer | 'away', string, boolean]>([
    ['a wrong password', problem(401, 'wrong_password'), 'That is not the password', true],
    ['a link that is used', problem(401, 'invalid_token'), 'not valid any more', false],
    ['too many tries', problem(429, 'too_many_requests'), 'Too many tries. Please wait a few minutes.', true],
    ['how long to wait', problem(429, 'too_many_requests', { retryAfter: '45' }), 'Please wait 45 seconds.', true],
    ['a service that is away', problem(503, 'unavailable'), 'not your fault', true],
    ['no network', 'away', 'not your fault', true],
  ])('is told of %s', async (_what, answer, text, again) => {
    await open(path, { [verify]: answer });
    await field('Password').fill('a password');
    await page.getByRole('button').click();
    await saying(text);
    expect(await reader.forms()).toBe(again ? 1 : 0);
  });
});

describe('Naming a new password', () => {
  const complete = 'POST /v1/password-resets/complete';
  const type = async (password: string, again = password) => {
    await field('New password').fill(password);
    await field('The same once more').fill(again);
    await page.getByRole('button').click();
  };

  it('posts it with the secret', async () => {
    await open(`/open/reset#${secretOf('vkr')}`, { [complete]: { status: 204 } });
    await type('plum tractor violin');
    await saying('Your password is changed');
    expect(reader.asked).toEqual([
      { what: complete, body: { token: secretOf('vkr'), password: 'plum tractor violin' } },
    ]);
  });

  it('is not posted when the two differ', async () => {
    await open(`/open/reset#${secretOf('vkr')}`);
    await type('plum tractor violin', 'plum tractor violon');
    await saying('The two are not the same');
    expect(reader.asked).toEqual([]);
  });

  it('hears why a guessable one is refused', async () => {
    const refusal = problem(422, 'guessable_password', { detail: 'Add another word or two.' });
    await open(`/open/reset#${secretOf('vkr')}`, { [complete]: refusal });
    await type('password1234');
    await saying('This password is too easy to guess. Add another word or two.');
  });
});

describe('Accepting an invitation', () => {
  const [preview, accept] = ['POST /v1/invitations/preview', 'POST /v1/invitations/accept'];
  const account = { id: '0197c7a2-0000-7000-8000-000000000001', name: 'Harbour Cranes' };
  const invitation = (registered: boolean): StubbedAnswer => ({
    status: 200,
    body: {
      account,
      by: { name: 'Olivia' },
      role: 'manager',
      scope: { type: 'organization', name: 'North Pier' },
      email: 'ada@harbour.example',
      expiresAt: '2026-03-08T12:00:00Z',
      registered,
    },
  });
  const signIn = 'POST /v1/sessions';
  const bodies = (what: string) => reader.bodies(what);

  async function openInvitation(answers: StubbedAnswers): Promise<void> {
    await open(`/open/invitation#${secretOf('vki')}`, {
      [accept]: { status: 200, body: {} },
      'PATCH /v1/session': { status: 200, body: {} },
      'GET /v1/session': problem(401, 'unauthenticated'),
      [`GET /v1/accounts/${account.id}`]: { status: 200, body: { landingUrl: null } },
      ...answers,
    });
  }

  it('shows who invites where, as what and until when, and accepts nothing by that', async () => {
    await openInvitation({ [preview]: invitation(true) });
    const text =
      'Olivia invites you to Harbour Cranes, as manager of North Pier. The invitation is good until 8 March 2026.';
    await page.getByText(text).waitFor();
    expect(bodies(accept)).toEqual([]);
  });

  it('somebody new names themselves and a password, and is signed in by cookie', async () => {
    await openInvitation({ [preview]: invitation(false), [signIn]: { status: 201, body: {} } });
    await field('Your name').fill('Ada');
    await field('A password of your choice').fill('plum tractor violin');
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await saying('You are a member of Harbour Cranes now.');
    const password = 'plum tractor violin';
    expect(bodies(accept)).toEqual([{ token: secretOf('vki'), name: 'Ada', password, locale: 'en' }]);
    expect(bodies(signIn)).toEqual([{ email: 'ada@harbour.example', password, cookie: true }]);
    expect(bodies('PATCH /v1/session')).toEqual([{ accountId: account.id }]);
  });

  it('somebody with two-factor signs in with a code, then accepts', async () => {
    await openInvitation({
      [preview]: invitation(true),
      [signIn]: { status: 202, body: { challenge: secretOf('vkc') } },
      'POST /v1/sessions/two-factor': { status: 201, body: {} },
    });
    await field('Password').fill('her password');
    await page.getByRole('button', { name: 'Sign in and accept' }).click();
    await field('Code of your authenticator').fill('123456');
    await page.getByRole('button', { name: 'Go on' }).click();
    await saying('You are a member of Harbour Cranes now.');
    const proof = { challenge: secretOf('vkc'), code: '123456', cookie: true };
    expect(bodies('POST /v1/sessions/two-factor')).toEqual([proof]);
    expect(bodies(accept)).toEqual([{ token: secretOf('vki') }]);
  });

  it('somebody signed in already accepts by one button', async () => {
    const session = { status: 200, body: { kind: 'portal', subject: { name: 'Ada' } } };
    await openInvitation({ [preview]: invitation(true), 'GET /v1/session': session });
    await page.getByRole('button', { name: 'Accept as Ada' }).click();
    await saying('You are a member of Harbour Cranes now.');
    expect(bodies(signIn)).toEqual([]);
  });

  it('somebody signed in as another is asked to sign in with the invited address', async () => {
    const session = { status: 200, body: { kind: 'portal', subject: { name: 'Bob' } } };
    const refusal = problem(403, 'invitation_for_another');
    await openInvitation({ [preview]: invitation(true), 'GET /v1/session': session, [accept]: refusal });
    await page.getByRole('button', { name: 'Accept as Bob' }).click();
    await saying('The invitation is for another address');
    expect(await field('E‑mail address').inputValue()).toBe('ada@harbour.example');
    expect(await field('Password').isVisible()).toBe(true);
  });

  it.each([
    ['already_member', 'You have this role already'],
    ['own_role', 'You made this invitation yourself'],
  ])('that there is nothing to accept of (%s) says so', async (code, text) => {
    const session = { status: 200, body: { kind: 'portal', subject: { name: 'Ada' } } };
    await openInvitation({ [preview]: invitation(true), 'GET /v1/session': session, [accept]: problem(409, code) });
    await page.getByRole('button', { name: 'Accept as Ada' }).click();
    await saying(text);
  });

  it('goes on to the page of the account where there is one', async () => {
    const landingUrl = new URL('/docs', gateway.module.get(HttpServer).url).href;
    await openInvitation({
      [preview]: invitation(true),
      'GET /v1/session': { status: 200, body: { kind: 'portal', subject: { name: 'Ada' } } },
      [`GET /v1/accounts/${account.id}`]: { status: 200, body: { landingUrl } },
    });
    await page.getByRole('button', { name: 'Accept as Ada' }).click();
    await page.waitForURL(landingUrl);
  });

  it('that was withdrawn says so', async () => {
    await openInvitation({ [preview]: problem(401, 'invalid_token') });
    await saying('not valid any more');
    expect(await said()).not.toContain('undefined');
  });
});

it('no page breaks its own policy', async () => {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') violations.push(message.text());
  });
  for (const [name, prefix] of [
    ['verification', 'vkv'],
    ['reset', 'vkr'],
  ])
    await open(`/open/${name}#${secretOf(prefix ?? '')}`);
  expect(violations).toEqual([]);
});
