import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Email, User } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { Authenticator, halfMinutesOf } from './authenticator.ts';
import { type Answer, Client, ownerOf, person } from './client.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const ada = person('ada@harbour.example');
const unverified = person('una@harbour.example');
const unknown = person('nobody@harbour.example');

let platform: Platform;
let anybody: Client;

beforeAll(async () => {
  platform = await startPlatform();
  await ownerOf(platform, 'Harbour Cranes', ada);
  anybody = new Client(platform.gatewayUrls[0] ?? '');
  expect((await anybody.call('POST', '/v1/users', { body: { ...unverified, accountName: 'Una' } })).status).toBe(202);
});
afterAll(async () => {
  await platform.stop();
});

/** All that a client can see but what differs between any two answers: the time and the request's id. */
function seen({ status, body, headers }: Answer): unknown {
  const differing = ['date', 'x-request-id'];
  const others = [...headers].filter(([name]) => !differing.includes(name));
  return { status, body: JSON.stringify(body).replace(/"requestId":"[^"]*"/, ''), headers: others };
}

async function expectAlike(path: string, bodies: object[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const body of bodies) answers.push(await anybody.call('POST', path, { body }));
  const [first] = answers;
  for (const answer of answers) expect(seen(answer)).toEqual(first && seen(first));
  return answers;
}

describe('somebody who tries addresses learns nothing', () => {
  const everybody = [ada, unverified, unknown];

  it('from signing up', async () => {
    const [first] = await expectAlike(
      '/v1/users',
      everybody.map((who) => ({ ...who, accountName: 'Mine' })),
    );
    expect(first?.status).toBe(202);
  });

  it('from asking for the mail again', async () => {
    const [first] = await expectAlike(
      '/v1/email-verifications/resend',
      everybody.map(({ email }) => ({ email })),
    );
    expect(first?.status).toBe(202);
  });

  it('from asking for a password reset', async () => {
    const [first] = await expectAlike(
      '/v1/password-resets',
      everybody.map(({ email }) => ({ email })),
    );
    expect(first?.status).toBe(202);
  });

  it('from adding an address to their own user', async () => {
    const eve = person('eve@harbour.example');
    const session = await ownerOf(platform, 'Eve’s own', eve);
    for (const { email } of everybody) {
      const body = { email, currentPassword: eve.password };
      const answer = await session.call('POST', '/v1/users/me/emails', { body });
      expect(answer.status).toBe(201);
      expect(Email.parse(answer.body)).toMatchObject({ email, verified: false, primary: false });
    }
  });

  it('from signing in with a wrong password, or with the right one of an address not verified yet', async () => {
    const tries = everybody.map(({ email }) => ({ email, password: 'not their password' }));
    const [first] = await expectAlike('/v1/sessions', [
      ...tries,
      { email: unverified.email, password: unverified.password },
    ]);
    expect(first).toMatchObject({ status: 401, code: 'invalid_credentials' });
  });

  it('from being refused after too many tries', async () => {
    const last: Answer[] = [];
    for (const { email } of [ada, unknown]) {
      const tries = Array.from({ length: 6 }, () => ({ email, password: 'still not their password' }));
      let answer: Answer | undefined;
      for (const body of tries) answer = await anybody.call('POST', '/v1/sessions', { body });
      if (answer) last.push(answer);
    }
    const [ofKnown, ofUnknown] = last.map(seen);
    expect(last[0]).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect(last[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(ofKnown).toEqual(ofUnknown);
  });

  it('from confirming with secrets that are unknown, malformed or somebody else’s', async () => {
    const bodies = ['vkv_nonsense', 'vks_nonsense', 'x'].map((token) => ({ token, password: 'whatever it may be' }));
    const [first] = await expectAlike('/v1/email-verifications', bodies);
    expect(first).toMatchObject({ status: 401, code: 'invalid_token' });
  });

  const password = 'sixteen stubborn herons';
  it.each<[string, (secret: string) => object]>([
    ['/v1/password-resets/complete', (token) => ({ token, password })],
    ['/v1/invitations/preview', (token) => ({ token })],
    ['/v1/invitations/accept', (token) => ({ token, name: 'Eve', password })],
    ['/v1/sessions/two-factor', (challenge) => ({ challenge, code: '123456' })],
    ['/v1/sessions/login-token', (token) => ({ token })],
  ])('from guessing at secrets of %s', async (path, bodyWith) => {
    const secrets = ['vki', 'vkr', 'vkc', 'vkl'] as const;
    const guesses = [...secrets.map((prefix) => makeSecret(prefix)), ...secrets.map((prefix) => `${prefix}_nonsense`)];
    const [first] = await expectAlike(path, [...guesses, 'x'].map(bodyWith));
    expect(first).toMatchObject({ status: 401, code: 'invalid_token' });
  });

  it('from a wrong password of who has two-factor on, or of who was locked out', async () => {
    const [grace, locked] = [person('grace@harbour.example'), person('lock@harbour.example')];
    await Authenticator.of(await ownerOf(platform, 'Grace’s own', grace), grace, halfMinutesOf(platform));
    const me = User.parse((await (await ownerOf(platform, 'Locked', locked)).call('GET', '/v1/users/me')).body);
    const operator = await operatorOf(platform);
    expect((await operator.call('POST', `/v1/operator/users/${me.id}/lock`)).status).toBe(200);
    const wrong = [grace, locked, { email: 'somebody@harbour.example' }].map(({ email }) => ({
      email,
      password: 'not their password',
    }));
    const right = { email: locked.email, password: locked.password };
    const [first] = await expectAlike('/v1/sessions', [...wrong, right]);
    expect(first).toMatchObject({ status: 401, code: 'invalid_credentials' });
  });
});
