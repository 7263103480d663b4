import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import { storedEvents } from './access-stream.ts';
import { Client, opened, ownerOf, person } from './client.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { storedRows } from './stored-rows.ts';
import { withoutTable } from './without-table.ts';

const Enrolment = z.object({ secret: z.string(), otpauthUri: z.string(), qrCode: z.string() });
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
const Challenge = z.strictObject({ challenge: z.string() });

const ada = person('ada@two-factor.example');
const path = '/v1/users/me/two-factor';

/** All that the services say, and what must be known to nobody but the user. */
const lines: string[] = [];
const secrets: string[] = [];

let platform: Platform;
let user: Client;
let secret: string;
let recoveryCodes: string[];

beforeAll(async () => {
  platform = await startPlatform({ logs: { write: (line) => void lines.push(line) } });
  user = await ownerOf(platform, 'Analytical Engines', ada);
});
afterAll(async () => platform.stop());

/** What the authenticator shows half a minute later, so that it was not given before. */
function nextCode(): string {
  platform.clock.advance(30_000);
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: platform.clock.now().getTime() });
}

const anybody = () => new Client(platform.gatewayUrls[0] ?? '');
const { email, password } = ada;

async function challenge(more: { cookie?: boolean } = {}): Promise<string> {
  const answer = await anybody().call('POST', '/v1/sessions', { body: { email, password, ...more } });
  expect(answer.status).toBe(202);
  const { challenge: given } = Challenge.parse(answer.body);
  secrets.push(given);
  return given;
}

describe('A user with an authenticator', () => {
  it('enrols in two-factor', async () => {
    const begun = await user.call('POST', path, { body: { currentPassword: password } });
    expect(begun).toMatchObject({ status: 200, headers: expect.anything() });
    expect(begun.headers.get('cache-control')).toBe('no-store');
    const { otpauthUri, qrCode, ...enrolment } = Enrolment.parse(begun.body);
    secret = enrolment.secret;
    secrets.push(secret, otpauthUri, qrCode);
    const confirmed = await user.call('POST', `${path}/confirm`, { body: { code: nextCode() } });
    expect(confirmed.status).toBe(200);
    recoveryCodes = RecoveryCodes.parse(confirmed.body).recoveryCodes;
    secrets.push(...recoveryCodes);
    expect((await user.call('GET', '/v1/users/me')).body).toMatchObject({ twoFactor: true });
  });

  it('signs in in two steps from then on', async () => {
    const body = { challenge: await challenge(), code: nextCode() };
    const session = opened(await anybody().call('POST', '/v1/sessions/two-factor', { body }));
    expect((await new Client(user.baseUrl, session.secret).call('GET', '/v1/session')).status).toBe(200);
    expect(await anybody().call('POST', '/v1/sessions/two-factor', { body })).toMatchObject({ code: 'invalid_token' });
  });

  it('signs in by cookie if either step asks for it, and is shown no secret then', async () => {
    for (const [first, second] of [
      [{ cookie: true }, {}],
      [{}, { cookie: true }],
    ]) {
      const body = { challenge: await challenge(first), code: nextCode(), ...second };
      const answer = await anybody().call('POST', '/v1/sessions/two-factor', { body });
      expect(answer.status).toBe(201);
      expect(answer.body).not.toHaveProperty('secret');
      expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-valetkey=vks_/)]);
    }
  });

  it('is told apart from nobody by a wrong password', async () => {
    const wrong = await anybody().call('POST', '/v1/sessions', { body: { email, password: 'not mine' } });
    expect(wrong).toMatchObject({ status: 401, code: 'invalid_credentials' });
  });

  it('loses no recovery code to a fault of ours', async () => {
    const body = { challenge: await challenge(), recoveryCode: recoveryCodes[1] };
    const signIn = async () => anybody().call('POST', '/v1/sessions/two-factor', { body });
    await withoutTable(platform, ['identity', 'recovery_codes'], async () => {
      expect(await signIn()).toMatchObject({ status: 500, code: 'internal' });
    });
    opened(await signIn());
  });

  it('finds nothing of it all in a row, an event or a log', async () => {
    const rows = (await storedRows(platform)).map(({ text }) => text);
    const events = (await storedEvents(platform)).map(({ text }) => text);
    expect(events.join()).toContain('two-factor-enabled');
    expect(secrets.length).toBeGreaterThan(15);
    const said = [...rows, ...events, ...lines];
    expect(secrets.flatMap((each) => said.filter((text) => text.includes(each)))).toEqual([]);
  });

  it('turns it off with the password and a recovery code, which stand in no URL', async () => {
    const [recoveryCode = ''] = recoveryCodes;
    const query = new URLSearchParams({ currentPassword: password, recoveryCode }).toString();
    expect(await user.call('DELETE', `${path}?${query}`)).toMatchObject({ status: 400, code: 'malformed' });
    const body = { currentPassword: password, recoveryCode };
    expect((await user.call('DELETE', path, { body })).status).toBe(204);
    expect(await user.call('DELETE', path, { body })).toMatchObject({ status: 409, code: 'two_factor_off' });
    opened(await anybody().call('POST', '/v1/sessions', { body: { email, password } }));
  });
});
