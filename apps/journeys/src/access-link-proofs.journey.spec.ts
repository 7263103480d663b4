import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { mailedLink, redeemLink } from './access-links.ts';
import { storedEvents } from './access-stream.ts';
import { Authenticator, halfMinutesOf } from './authenticator.ts';
import { Client } from './client.ts';
import { mailed } from './mails.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { storedRows } from './stored-rows.ts';
import { SupportDesk } from './support-desk.ts';

const QUARTER_MS = 15 * 60_000;
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

let platform: Platform;
let desk: SupportDesk;

beforeAll(async () => {
  // So that clients may come from many addresses.
  platform = await startPlatform({ gateways: [{ TRUSTED_PROXIES: '127.0.0.1/32' }] });
  desk = await SupportDesk.of(platform);
});
afterAll(async () => platform.stop());

/** The code with which showing a link is refused, or the status of what it opens. */
async function tried(token: string, proofs: object = {}, address = '192.0.2.1'): Promise<string | number> {
  const { code, status } = await redeemLink(desk.url, token, { ...proofs }, address);
  return code ?? status;
}

async function needsOf(token: string): Promise<unknown> {
  const { body } = await new Client(desk.url).call('POST', '/v1/access-links/preview', { body: { token } });
  return z.object({ needs: z.unknown() }).parse(body).needs;
}

/** A new member with two-factor on, who has a recovery code. */
async function withTwoFactor(name: string): Promise<{ authenticator: Authenticator; recoveryCode: string }> {
  const user = await desk.join(name);
  const authenticator = await Authenticator.of(user, desk.whoIs(name), halfMinutesOf(platform));
  const body = { currentPassword: desk.whoIs(name).password, code: authenticator.code() };
  const renewed = await user.call('POST', '/v1/users/me/two-factor/recovery-codes', { body });
  return { authenticator, recoveryCode: RecoveryCodes.parse(renewed.body).recoveryCodes[0] ?? '' };
}

describe('A link with a password', () => {
  const password = 'third gate, left';

  it('opens with it alone, which is told on another way', async () => {
    const link = await desk.linkForNew('Vera', { password });
    expect(link).toMatchObject({ hasPassword: true });
    expect(await needsOf(link.secret)).toEqual(['password']);
    expect(await tried(link.secret)).toBe('password_required');
    expect(await tried(link.secret, { password: `${password}!` })).toBe('wrong_password');
    expect(await desk.shown(link)).toMatchObject({ uses: 0 });
    expect(await tried(link.secret, { password })).toBe(201);
  });

  it('keeps it from the mail, the answers, the events, and the databases', async () => {
    const link = await desk.linkForNew('Nora', { password });
    expect(await tried(link.secret, { password })).toBe(201);
    const places = {
      mails: platform.mailbox.messages().map(({ raw, text, html }) => [raw, text, html].join('\n')),
      answers: [JSON.stringify(await desk.shown(link))],
      events: (await storedEvents(platform)).map(({ text }) => text),
      rows: (await storedRows(platform)).map(({ text }) => text),
    };
    for (const [place, texts] of Object.entries(places))
      expect({ place, found: texts.filter((text) => text.includes(password)) }).toEqual({ place, found: [] });
  });

  it('keeps it through an edit, or gets another, or loses it', async () => {
    const link = await desk.linkForNew('Mia', { password });
    const edit = async (body: object) => {
      const { secret } = await mailedLink(platform, link.email, () => desk.sam.call('PATCH', link.path, { body }));
      return secret;
    };
    const kept = await edit({ maxUses: 9 });
    expect([await tried(kept), await tried(kept, { password })]).toEqual(['password_required', 201]);
    const another = await edit({ password: 'fourth gate' });
    expect([await tried(another, { password }), await tried(another, { password: 'fourth gate' })]) //
      .toEqual(['wrong_password', 201]);
    const none = await edit({ password: null });
    expect([await needsOf(none), await tried(none)]).toEqual([[], 201]);
  });
});

describe('A link of a user with two-factor on', () => {
  it('asks for a code, once the password is right', async () => {
    const { authenticator } = await withTwoFactor('Ada');
    const password = 'fifth gate';
    const { secret } = await desk.linkFor('Ada', { password });
    expect(await needsOf(secret)).toEqual(['password', 'code']);
    expect(await tried(secret, { code: authenticator.code() })).toBe('password_required');
    expect(await tried(secret, { password })).toBe('code_required');
    expect(await tried(secret, { password, code: '000000' })).toBe('wrong_code');
    const code = authenticator.code();
    expect(await tried(secret, { password, code })).toBe(201);
    expect(await tried(secret, { password, code })).toBe('wrong_code');
  });

  it('takes a recovery code, once', async () => {
    const { recoveryCode } = await withTwoFactor('Bea');
    const { secret } = await desk.linkFor('Bea');
    expect(await tried(secret, { recoveryCode })).toBe(201);
    expect(await tried(secret, { recoveryCode })).toBe('wrong_code');
  });

  it('asks for none when an owner has waived it, of which the user is told', async () => {
    await withTwoFactor('Cleo');
    const { secret, email } = await desk.linkFor('Cleo', { waiveTwoFactor: true }, desk.owner);
    await mailed(platform, email, 'An access link to Harbour Cranes asks you for no code');
    expect([await needsOf(secret), await tried(secret)]).toEqual([[], 201]);
  });

  it('asks for it again after an edit by a supporter', async () => {
    const { authenticator } = await withTwoFactor('Dora');
    const link = await desk.linkFor('Dora', { waiveTwoFactor: true }, desk.owner);
    const edit = () => desk.sam.call('PATCH', link.path, { body: { maxUses: 3 } });
    const { secret } = await mailedLink(platform, link.email, edit);
    expect(await tried(secret)).toBe('code_required');
    expect(await tried(secret, { code: authenticator.code() })).toBe(201);
  });

  it('shares with signing in the ten wrong codes of a quarter of an hour', async () => {
    const { authenticator } = await withTwoFactor('Edda');
    const { secret } = await desk.linkFor('Edda');
    for (let wrong = 0; wrong < 10; wrong += 1)
      expect(await tried(secret, { code: '000000' }, `192.0.2.${wrong}`)).toBe('wrong_code');
    expect(await tried(secret, { code: authenticator.code() }, '192.0.2.99')).toBe('too_many_requests');
    platform.clock.advance(QUARTER_MS);
    expect(await tried(secret, { code: authenticator.code() }, '192.0.2.99')).toBe(201);
  });
});

it('An account that demands two-factor does not demand it of links', async () => {
  const demand = (requireTwoFactor: string) =>
    desk.owner.call('PATCH', `${desk.owner.path}/policy`, { body: { requireTwoFactor } });
  await desk.backAtWork();
  const link = await desk.linkForNew('Finn');
  expect((await demand('everyone')).status).toBe(200);
  const session = await desk.enter(link);
  expect((await session.call('GET', `${desk.owner.path}/organizations`)).status).toBe(200);
  expect((await session.call('GET', '/v1/forward-auth')).status).toBe(200);
  const signedIn = await desk.signIn('Finn');
  expect((await signedIn.call('GET', `${desk.owner.path}/organizations`)).code).toBe('two_factor_required');
});
