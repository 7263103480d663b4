import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  beginPasswordReset,
  completePasswordReset,
  Failure,
  isResetWanted,
  removeEmail,
  requestPasswordReset,
  signIn,
} from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { v7 as uuidv7 } from 'uuid';
import { added, verified } from '../../test/addresses.ts';
import { everythingDelivered } from '../../test/everything-delivered.ts';
import { openedSession } from '../../test/opened-session.ts';
import { anyone } from '../../test/people.ts';
import { granted, signedIn, type SignedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

const HOUR_MS = 3_600_000;
const NEW = 'sixteen stubborn herons';
const INVALID = new Failure('invalid_token');
type Ended = Parameters<TestIdentity['neighbours']['endUserSessions']>[0];

let identity: TestIdentity;
let ada: SignedIn;
let ended: Ended[];

beforeAll(async () => {
  identity = await startIdentity();
  await identity.startReplica();
});
beforeEach(async () => {
  ended = [];
  identity.neighbours.endUserSessions = (input) => ended.push(input) && {};
  ada = await signedIn(identity);
});
afterAll(async () => identity.stop());

const request = (email: string, address = '198.51.100.1') =>
  identity.gateway.ask(requestPasswordReset, { email }, identity.context(undefined, { address }));
const complete = (token: string, password = NEW, address = '198.51.100.1') =>
  identity.gateway.ask(completePasswordReset, { token, password }, identity.context(undefined, { address }));
const signInWith = (password: string, address = '198.51.100.1') =>
  identity.gateway.ask(signIn, { email: ada.email, password }, identity.context(undefined, { address }));

/** The secret of a reset, in the mail of this number to the address. */
async function requested(email = ada.email, nth = 2): Promise<string> {
  granted(await request(email));
  return identity.neighbours.mails.secret(email, nth);
}

describe('asking for a reset', () => {
  it('mails a secret that is kept as a hash', async () => {
    const secret = await requested();
    expect(await identity.neighbours.mails.nth(ada.email, 2)).toEqual({
      template: 'password-reset',
      to: ada.email,
      name: ada.name,
      locale: 'en',
      secret: expect.stringMatching(/^vkr_/),
      resetId: expect.any(String),
    });
    const { rows } = await identity.database.query('SELECT r::text AS text FROM password_resets r');
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('answers and writes alike for an address that is unknown or not verified, and mails neither', async () => {
    const { email: unverified } = await added(identity, ada);
    await identity.neighbours.mails.nth(unverified, 1);
    for (const email of [ada.email, unverified, anyone().email]) expect(await request(email)).toEqual({});
    await everythingDelivered(identity);
    expect(identity.neighbours.mails.to(unverified)).toHaveLength(1);
    const { rows } = await identity.database.query<{ subject: string; body: string | null }>(
      `SELECT subject, body FROM outbox WHERE subject = $1 ORDER BY id DESC LIMIT 3`,
      [beginPasswordReset.subject],
    );
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ subject: beginPasswordReset.subject, body: null })));
  });

  it('is done at most 60 times an hour by a client', async () => {
    const ask = () => request(anyone().email, '198.51.100.60');
    const answers = await Promise.all(Array.from({ length: 61 }, ask));
    expect(answers.filter((answer) => answer instanceof Failure)).toEqual([
      new Failure('too_many_requests', { retryAfter: 3600 }),
    ]);
  });

  it('mails an address at most ten times an hour, whoever asks, and answers alike', async () => {
    const ask = async (client: number) => request(ada.email, `198.51.102.${client}`);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, client) => ask(client + 1)));
    expect(answers).toEqual(Array.from({ length: 12 }, () => ({})));
    await everythingDelivered(identity);
    expect(identity.neighbours.mails.to(ada.email)).toHaveLength(1 + 10);
    identity.clock.advance(HOUR_MS);
    expect(await complete(await requested(ada.email, 12))).toEqual({});
  });

  it('that is delivered twice mails once, and leaves the secret good', async () => {
    const itself = await identity.as('identity');
    const order = { email: ada.email, resetId: uuidv7() };
    await Promise.all(Array.from({ length: 5 }, () => itself.ask(beginPasswordReset, order, identity.context())));
    await everythingDelivered(identity);
    expect(identity.neighbours.mails.to(ada.email)).toHaveLength(2);
    expect(await complete(await identity.neighbours.mails.secret(ada.email, 2))).toEqual({});
  });
});

describe('a reset', () => {
  it('sets the password, ends all sessions before it is answered, and opens none', async () => {
    expect(await complete(await requested())).toEqual({});
    expect(ended).toContainEqual({ userId: ada.id, reason: 'password-changed' });
    expect(await signInWith(ada.password)).toEqual(new Failure('invalid_credentials'));
    expect(await signInWith(NEW)).not.toBeInstanceOf(Failure);
    const events = await toldEvents(identity.database, `user:${ada.id}`);
    expect(events).toContainEqual({
      type: 'dev.valetkey.user.password-changed.v1',
      actor: `user:${ada.id}`,
      sequence: 3,
      data: { by: 'reset' },
    });
  });

  it('is spent once by however many that come at once', async () => {
    const token = await requested();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => complete(token, `${NEW} ${n}`)));
    expect(answers.filter((answer) => !(answer instanceof Failure))).toEqual([{}]);
    expect(answers.filter((answer) => answer instanceof Failure)).toEqual(Array.from({ length: 19 }, () => INVALID));
  });

  it('is void once another was asked for', async () => {
    const old = await requested();
    const newer = await requested(ada.email, 3);
    expect(await complete(old)).toEqual(INVALID);
    expect(await complete(newer)).toEqual({});
  });

  it('is void after an hour', async () => {
    const token = await requested();
    identity.clock.advance(HOUR_MS);
    expect(await complete(token)).toEqual(INVALID);
  });

  it('is void with the address to which it was mailed', async () => {
    const second = await verified(identity, ada);
    const token = await requested(second.email);
    granted(await ada.ask(removeEmail, { emailId: second.id }));
    expect(await complete(token)).toEqual(INVALID);
  });

  it('is not spent by a password that is refused', async () => {
    const token = await requested();
    expect(await complete(token, 'AdaLovelace1815')).toMatchObject({ code: 'guessable_password' });
    expect(await complete(token)).toEqual({});
  });

  it('ends the stop of a hundred failures in a row', async () => {
    for (let client = 1; client <= 25; client += 1) {
      await Promise.all(Array.from({ length: 4 }, () => signInWith('another password', `198.51.101.${client}`)));
    }
    expect(await signInWith(ada.password)).toEqual(new Failure('invalid_credentials'));
    granted(await complete(await requested()));
    expect(await signInWith(NEW)).not.toBeInstanceOf(Failure);
  });

  it('while somebody is signing in with the old password leaves them no session', async () => {
    const token = await requested();
    identity.neighbours.openPortalSession = async (input) => {
      granted(await complete(token));
      ended = [];
      return openedSession(input);
    };
    expect(await signInWith(ada.password)).toEqual(new Failure('invalid_credentials'));
    expect(ended).toContainEqual({ userId: ada.id, reason: 'password-changed' });
    identity.neighbours.openPortalSession = openedSession;
  });

  it('is wanted until it is used', async () => {
    const notifications = await identity.as('notifications');
    const isWanted = (resetId: string) => notifications.ask(isResetWanted, { resetId }, identity.context());
    const token = await requested();
    const mail = await identity.neighbours.mails.nth(ada.email, 2);
    const resetId = 'resetId' in mail ? mail.resetId : '';
    expect(await isWanted(resetId)).toEqual({ wanted: true });
    granted(await complete(token));
    expect(await isWanted(resetId)).toEqual({ wanted: false });
    expect(await isWanted(uuidv7())).toEqual({ wanted: false });
  });
});

describe('guesses', () => {
  it.each([
    ['of another kind', makeSecret('vkv')],
    ['that are none at all', 'hello'],
  ])('%s open nothing', async (_which, token) => {
    expect(await complete(token)).toEqual(INVALID);
  });

  it('are a hundred a minute and client, and then it waits whatever it shows', async () => {
    const guess = () => complete(makeSecret('vkr'), NEW, '198.51.100.99');
    const answers = await Promise.all(Array.from({ length: 100 }, guess));
    expect(answers).toEqual(Array.from({ length: 100 }, () => INVALID));
    const token = await requested();
    const throttled = new Failure('too_many_requests', { retryAfter: 60 });
    expect(await complete(token, NEW, '198.51.100.99')).toEqual(throttled);
    expect(await complete(token)).toEqual({});
  });
});
