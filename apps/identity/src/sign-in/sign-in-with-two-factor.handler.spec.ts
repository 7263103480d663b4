import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changePassword, disableTwoFactor, Failure, lockUser, signIn, unlockUser } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { anyCaller } from '@valetkey/testing';
import { type Enrolled, enrolled } from '../../test/enrolled.ts';
import { openedSession } from '../../test/opened-session.ts';
import { challengeOf, giveCode, signInBy } from '../../test/second-steps.ts';
import { granted } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

const INVALID = new Failure('invalid_token');
const WRONG = new Failure('wrong_code');

let identity: TestIdentity;

beforeAll(async () => {
  identity = await startIdentity();
});
afterAll(async () => identity.stop());

describe('signing in with two-factor on', () => {
  it('opens a session by the code of the authenticator after the password', async () => {
    const user = await enrolled(identity);
    const answer = await signInBy(identity, user, { code: user.code() });
    expect(answer).toMatchObject({
      session: { kind: 'portal', subject: { type: 'user', id: user.id, name: user.name } },
      secret: expect.stringMatching(/^vks_/),
      byCookie: false,
    });
  });

  it.each([-1, 0, 1])('takes the code of %i steps from now', async (steps) => {
    const user = await enrolled(identity);
    expect(await signInBy(identity, user, { code: user.code(steps) })).toHaveProperty('secret');
  });

  it.each([-2, 2])('does not take the code of %i steps from now', async (steps) => {
    const user = await enrolled(identity);
    expect(await signInBy(identity, user, { code: user.code(steps) })).toEqual(WRONG);
  });

  it('asks for no code after a wrong password', async () => {
    const { email } = await enrolled(identity);
    const answer = await identity.gateway.ask(signIn, { email, password: 'wrong' }, identity.context());
    expect(answer).toEqual(new Failure('invalid_credentials'));
  });

  it('takes each recovery code once, however it is typed, and tells how many are left', async () => {
    const user = await enrolled(identity);
    const [first = '', second = ''] = user.recoveryCodes;
    expect(await signInBy(identity, user, { recoveryCode: first.toLowerCase().replaceAll('-', ' ') })).toHaveProperty(
      'secret',
    );
    expect(await signInBy(identity, user, { recoveryCode: first })).toEqual(WRONG);
    expect(await signInBy(identity, user, { recoveryCode: second })).toHaveProperty('secret');
    const events = await toldEvents(identity.database, `user:${user.id}`);
    const used = events.filter(({ type }) => type === 'dev.valetkey.user.recovery-code-used.v1');
    expect(used.map(({ actor, data }) => ({ actor, data }))).toEqual([
      { actor: `user:${user.id}`, data: { left: 9 } },
      { actor: `user:${user.id}`, data: { left: 8 } },
    ]);
  });

  it('takes a code or a recovery code, not both and not none', async () => {
    const user = await enrolled(identity);
    const challenge = await challengeOf(identity, user);
    const [recoveryCode = ''] = user.recoveryCodes;
    for (const factor of [{}, { code: user.code(), recoveryCode }]) {
      expect(await giveCode(identity, { challenge, ...factor })).toMatchObject({ code: 'malformed' });
    }
  });

  it.each([
    [{ cookie: true }, {}, true],
    [{}, { cookie: true }, true],
    [{ cookie: true }, { cookie: false }, false],
    [{}, {}, false],
  ])('asked by %j and then by %j it is by cookie: %s', async (first, second, byCookie) => {
    const user = await enrolled(identity);
    const challenge = await challengeOf(identity, user, first);
    const answer = granted(await giveCode(identity, { challenge, code: user.code(), ...second }));
    expect({ byCookie: answer.byCookie, forwarded: answer.forwardedSecret !== undefined }).toEqual({
      byCookie,
      forwarded: byCookie,
    });
  });
});

describe('a challenge', () => {
  it('is answered alike when it is unknown, misspelt, or of another kind', async () => {
    for (const challenge of [makeSecret('vkc'), `${makeSecret('vkc').slice(0, -1)}?`, makeSecret('vks'), 'vkc']) {
      expect(await giveCode(identity, { challenge, code: '123456' })).toEqual(INVALID);
    }
  });

  it('lives three minutes', async () => {
    const user = await enrolled(identity);
    const [early, late] = [await challengeOf(identity, user), await challengeOf(identity, user)];
    identity.clock.advance(179_000);
    expect(await giveCode(identity, { challenge: early, code: user.code() })).toHaveProperty('secret');
    identity.clock.advance(1_000);
    expect(await giveCode(identity, { challenge: late, code: user.code(1) })).toEqual(INVALID);
  });

  it('takes five tries, of which the right one may be the fifth', async () => {
    const [lucky, unlucky] = [await enrolled(identity), await enrolled(identity)];
    for (const { user, tries, last } of [
      { user: lucky, tries: 4, last: expect.objectContaining({ byCookie: false }) },
      { user: unlucky, tries: 5, last: INVALID },
    ]) {
      const challenge = await challengeOf(identity, user);
      for (let count = 0; count < tries; count += 1) {
        expect(await giveCode(identity, { challenge, code: user.wrongCode() })).toEqual(WRONG);
      }
      expect(await giveCode(identity, { challenge, code: user.code() })).toEqual(last);
    }
  });

  it('is spent by its session', async () => {
    const user = await enrolled(identity);
    const challenge = await challengeOf(identity, user);
    expect(await giveCode(identity, { challenge, code: user.code() })).toHaveProperty('secret');
    expect(await giveCode(identity, { challenge, code: user.code(1) })).toEqual(INVALID);
  });

  it('ends with the two-factor that it asks for', async () => {
    const user = await enrolled(identity);
    const challenge = await challengeOf(identity, user);
    granted(await user.ask(disableTwoFactor, { currentPassword: user.password, code: user.code() }));
    expect(await giveCode(identity, { challenge, code: user.code(1) })).toEqual(INVALID);
  });

  it('ends with a lock of the user', async () => {
    const user = await enrolled(identity);
    const challenge = await challengeOf(identity, user);
    const operator = identity.context(anyCaller({ operator: true }));
    for (const contract of [lockUser, unlockUser]) {
      granted(await identity.gateway.ask(contract, { userId: user.id }, operator));
      expect(await giveCode(identity, { challenge, code: user.code() })).toEqual(INVALID);
    }
  });

  it('ends with the password that it was given for', async () => {
    const user = await enrolled(identity);
    const challenge = await challengeOf(identity, user);
    const password = 'seventeen violet harmonicas';
    granted(await user.ask(changePassword, { currentPassword: user.password, password }));
    expect(await giveCode(identity, { challenge, code: user.code() })).toEqual(INVALID);
    expect(await signInBy(identity, { ...user, password }, { code: user.code() })).toHaveProperty('secret');
  });
});

describe('guesses at challenges', () => {
  const from = '198.51.100.99';

  it('are a hundred a minute and client, and then it waits whatever it shows', async () => {
    const user = await enrolled(identity);
    const guess = async () => giveCode(identity, { challenge: makeSecret('vkc'), code: '123456' }, from);
    const answers = await Promise.all(Array.from({ length: 100 }, guess));
    expect(answers).toEqual(Array.from({ length: 100 }, () => INVALID));
    const step = { challenge: await challengeOf(identity, user), code: user.code() };
    expect(await giveCode(identity, step, from)).toEqual(new Failure('too_many_requests', { retryAfter: 60 }));
    expect(await giveCode(identity, { ...step, code: user.code(1) })).toHaveProperty('secret');
  });

  it('are not made by one that is used up', async () => {
    const user = await enrolled(identity);
    const challenge = await challengeOf(identity, user);
    for (let count = 0; count < 5; count += 1) await giveCode(identity, { challenge, code: user.wrongCode() });
    const again = async () => giveCode(identity, { challenge, code: user.code() }, '198.51.100.98');
    const answers = await Promise.all(Array.from({ length: 101 }, again));
    expect(answers).toEqual(Array.from({ length: 101 }, () => INVALID));
  });
});

describe('wrong codes', () => {
  async function spendTries(user: Enrolled, wrong: number): Promise<void> {
    for (let count = 0; count < wrong; count += 1) {
      expect(await signInBy(identity, user, { code: user.wrongCode() })).toEqual(WRONG);
    }
  }

  it('are ten in a quarter of an hour across all challenges, and do not keep the password from being tried', async () => {
    const user = await enrolled(identity);
    await spendTries(user, 10);
    const throttled = new Failure('too_many_requests', { retryAfter: 900 });
    expect(await signInBy(identity, user, { code: user.code() })).toEqual(throttled);
    expect(await signInBy(identity, user, { recoveryCode: user.recoveryCodes[0] ?? '' })).toEqual(throttled);
    identity.clock.advance(900_000);
    expect(await signInBy(identity, user, { code: user.code() })).toHaveProperty('secret');
  });

  it('of one user do not bind another', async () => {
    const [one, other] = [await enrolled(identity), await enrolled(identity)];
    await spendTries(one, 10);
    expect(await signInBy(identity, other, { code: other.code() })).toHaveProperty('secret');
  });

  it('are not made by right ones', async () => {
    const user = await enrolled(identity);
    for (let count = 0; count < 12; count += 1) {
      identity.clock.advance(30_000);
      expect(await signInBy(identity, user, { code: user.code() })).toHaveProperty('secret');
    }
  });

  it('are not made by a fault of ours, which costs a challenge no try either', async () => {
    const user = await enrolled(identity);
    const challenge = await challengeOf(identity, user);
    await identity.database.query('ALTER TABLE recovery_codes RENAME TO away');
    for (let count = 0; count < 12; count += 1) {
      const spoilt = await giveCode(identity, { challenge, recoveryCode: user.recoveryCodes[0] ?? '' });
      expect(spoilt).toMatchObject({ code: 'internal' });
    }
    await identity.database.query('ALTER TABLE away RENAME TO recovery_codes');
    expect(await giveCode(identity, { challenge, recoveryCode: user.recoveryCodes[0] ?? '' })).toHaveProperty('secret');
  });
});

describe('while tokens is away', () => {
  it('a right code is not lost: given again for its challenge, it opens the session', async () => {
    const user = await enrolled(identity);
    const challenge = await challengeOf(identity, user);
    const code = user.code();
    identity.neighbours.openPortalSession = () => new Failure('unavailable', { retryAfter: 1 });
    for (let count = 0; count < 6; count += 1) {
      expect(await giveCode(identity, { challenge, code })).toMatchObject({ code: 'unavailable' });
    }
    identity.neighbours.openPortalSession = openedSession;
    expect(await signInBy(identity, user, { code })).toEqual(WRONG);
    expect(await giveCode(identity, { challenge, code: user.wrongCode() })).toEqual(WRONG);
    expect(await giveCode(identity, { challenge, code })).toHaveProperty('secret');
    expect(await giveCode(identity, { challenge, code })).toEqual(INVALID);
  });
});

describe('when the clock jumps back', () => {
  it('a step of which a code was given is never accepted again', async () => {
    const user = await enrolled(identity);
    const before = identity.clock.now();
    const [old, spent] = [user.code(-1), user.code()];
    expect(await signInBy(identity, user, { code: spent })).toHaveProperty('secret');
    for (const back of [30_000, 60_000]) {
      identity.clock.set(new Date(before.getTime() - back));
      expect(await signInBy(identity, user, { code: spent })).toEqual(WRONG);
      expect(await signInBy(identity, user, { code: old })).toEqual(WRONG);
    }
    identity.clock.set(new Date(before.getTime() + 30_000));
    expect(await signInBy(identity, user, { code: user.code() })).toHaveProperty('secret');
  });
});
