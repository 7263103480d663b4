import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Email, User } from '@valetkey/contracts';
import { z } from 'zod';
import { Client, mailedSecret, type Owner, ownerOf, person, type Person, signedIn } from './client.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const NEW = 'sixteen stubborn herons';
const me = '/v1/users/me';

let platform: Platform;
let anybody: Client;
let who: Person;
let ada: Owner;
let people = 0;

beforeAll(async () => {
  platform = await startPlatform();
  anybody = new Client(platform.gatewayUrls[0] ?? '');
});
beforeEach(async () => {
  people += 1;
  who = person(`ada-${people}@engines.example`);
  ada = await ownerOf(platform, `Engines ${people}`, who);
});
afterAll(async () => {
  await platform.stop();
});

const isLive = async (client: Client) => (await client.call('GET', '/v1/session')).status === 200;

/** Adds an address over HTTP and confirms it by the secret in its mail. */
async function confirmed(email: string): Promise<Email> {
  const added = await ada.call('POST', `${me}/emails`, { body: { email, currentPassword: who.password } });
  expect(added.status).toBe(201);
  const token = await mailedSecret(platform, email, 'vkv');
  expect((await anybody.call('POST', '/v1/email-verifications', { body: { token } })).status).toBe(204);
  return Email.parse(added.body);
}

describe('a user', () => {
  it('renames themselves, and the next look at the session shows it', async () => {
    const before = await ada.call('GET', me);
    expect(User.parse(before.body)).toMatchObject({ name: 'Olivia', locale: 'en', twoFactor: false });
    expect((await ada.call('GET', '/v1/session')).body).toMatchObject({ subject: { name: 'Olivia' } });
    const headers = { 'if-match': before.headers.get('etag') ?? '' };
    const renamed = await ada.call('PATCH', me, { body: { name: 'Ada King', locale: 'pt-BR' }, headers });
    expect(renamed).toMatchObject({ status: 200, body: { name: 'Ada King', locale: 'pt' } });
    expect((await ada.call('GET', '/v1/session')).body).toMatchObject({ subject: { name: 'Ada King' } });
    const stale = await ada.call('PATCH', me, { body: { name: 'Olivia' }, headers });
    expect(stale).toMatchObject({ status: 412, code: 'precondition_failed' });
  });

  it('adds an address, makes it the primary one, signs in with it, and removes the first', async () => {
    const second = await confirmed(`countess-${people}@engines.example`);
    const path = `${me}/emails/${second.id}`;
    const primary = await ada.call('POST', `${path}/primary`, { body: { currentPassword: who.password } });
    expect(primary).toMatchObject({ status: 200, body: { primary: true, verified: true } });
    await signedIn(platform, { ...who, email: second.email });
    const listed = z.object({ items: z.array(Email) }).parse((await ada.call('GET', `${me}/emails`)).body);
    const first = listed.items.find(({ email }) => email === who.email);
    expect((await ada.call('DELETE', `${me}/emails/${first?.id}`)).status).toBe(204);
    expect(await ada.call('DELETE', path)).toMatchObject({ status: 409, code: 'last_verified_email' });
    expect((await ada.call('GET', `${ada.path}/members`)).body).toMatchObject({
      items: [{ user: { email: second.email } }],
    });
  });

  it('changes the password, and ends the other sessions', async () => {
    const other = await signedIn(platform, who);
    const body = { currentPassword: who.password, password: NEW, endOtherSessions: true };
    expect((await ada.call('PUT', `${me}/password`, { body })).status).toBe(204);
    expect([await isLive(ada), await isLive(other)]).toEqual([true, false]);
    await signedIn(platform, { ...who, password: NEW });
  });

  it('who has forgotten the password sets another by mail: no session is left, none is opened', async () => {
    expect((await anybody.call('POST', '/v1/password-resets', { body: { email: who.email } })).status).toBe(202);
    const token = await mailedSecret(platform, who.email, 'vkr');
    const body = { token, password: NEW };
    const done = await anybody.call('POST', '/v1/password-resets/complete', { body });
    expect(done).toMatchObject({ status: 204, body: '' });
    expect(await isLive(ada)).toBe(false);
    expect(await anybody.call('POST', '/v1/password-resets/complete', { body })).toMatchObject({
      code: 'invalid_token',
    });
    await signedIn(platform, { ...who, password: NEW });
  });
});

describe('an invitation', () => {
  const invite = async (email: string) => {
    const scope = { type: 'account', id: ada.accountId };
    const { status } = await ada.call('POST', `${ada.path}/invitations`, { body: { email, scope, role: 'viewer' } });
    expect(status).toBe(201);
    return mailedSecret(platform, email, 'vki');
  };
  const accept = (client: Client, body: object) => client.call('POST', '/v1/invitations/accept', { body });

  it('makes a new user, who names a password and signs in to the account', async () => {
    const grace = person(`grace-${people}@engines.example`);
    const token = await invite(grace.email);
    const preview = await anybody.call('POST', '/v1/invitations/preview', { body: { token } });
    expect(preview).toMatchObject({ status: 200, body: { email: grace.email, role: 'viewer', registered: false } });
    const { name, password } = grace;
    expect(await accept(anybody, { token, name, password })).toMatchObject({
      status: 200,
      body: { user: { email: grace.email }, role: 'viewer' },
    });
    expect((await signedIn(platform, grace)).accountId).toBe(ada.accountId);
    expect(await accept(anybody, { token, name, password })).toMatchObject({ status: 401, code: 'invalid_token' });
  });

  it('is accepted by who is signed in and has verified its address, and by nobody else', async () => {
    const bob = person(`bob-${people}@engines.example`);
    const session = await ownerOf(platform, 'Bob’s own', bob);
    const token = await invite(bob.email);
    expect(await accept(ada, { token })).toMatchObject({ status: 403, code: 'invitation_for_another' });
    expect(await accept(anybody, { token })).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(await accept(session, { token })).toMatchObject({ status: 200, body: { user: { email: bob.email } } });
    const accounts = await session.call('GET', '/v1/session/accounts');
    expect(accounts.body).toContainEqual(
      expect.objectContaining({ account: expect.objectContaining({ id: ada.accountId }) }),
    );
  });
});

it('platform staff lock a user out at once, and let them in again', async () => {
  const operator = await operatorOf(platform);
  const { id } = User.parse((await ada.call('GET', me)).body);
  const path = `/v1/operator/users/${id}`;
  expect(await operator.call('POST', `${path}/lock`)).toMatchObject({ status: 200, body: { id } });
  expect(await isLive(ada)).toBe(false);
  const tried = await anybody.call('POST', '/v1/sessions', { body: { email: who.email, password: who.password } });
  expect(tried).toMatchObject({ status: 401, code: 'invalid_credentials' });
  expect(await operator.call('POST', `${path}/unlock`)).toMatchObject({ status: 200, body: { id } });
  await signedIn(platform, who);
});
