import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  changePassword,
  completePasswordReset,
  Failure,
  type InputOf,
  requestPasswordReset,
  signIn,
} from '@valetkey/contracts';
import { added } from '../../test/addresses.ts';
import { signedIn, type SignedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

const NEW = 'sixteen stubborn herons';
type Ended = Parameters<TestIdentity['neighbours']['endUserSessions']>[0];

let identity: TestIdentity;
let ada: SignedIn;
let ended: Ended[];

beforeAll(async () => {
  identity = await startIdentity();
});
beforeEach(async () => {
  ended = [];
  identity.neighbours.endUserSessions = (input) => ended.push(input) && {};
  ada = await signedIn(identity);
});
afterAll(async () => identity.stop());

type Change = Partial<InputOf<typeof changePassword>>;
const change = (more: Change = {}, user = ada) =>
  user.ask(changePassword, { currentPassword: user.password, password: NEW, ...more });
const signInWith = (password: string) =>
  identity.gateway.ask(signIn, { email: ada.email, password }, identity.context());

describe('changing the password', () => {
  it('makes the new one good and the old one not, and tells it without either', async () => {
    expect(await change()).toEqual({});
    expect(await signInWith(ada.password)).toEqual(new Failure('invalid_credentials'));
    expect(await signInWith(NEW)).not.toBeInstanceOf(Failure);
    const changed = 'dev.valetkey.user.password-changed.v1';
    const events = await toldEvents(identity.database, `user:${ada.id}`);
    expect(events.filter(({ type }) => type === changed)).toEqual([
      { type: changed, actor: `user:${ada.id}`, sequence: 3, data: { by: 'user' } },
    ]);
  });

  it('needs the current one, and wrong ones are five in a quarter of an hour', async () => {
    for (let count = 0; count < 5; count += 1)
      expect(await change({ currentPassword: 'another password' })).toEqual(new Failure('wrong_password'));
    expect(await change()).toEqual(new Failure('too_many_requests', { retryAfter: 900 }));
  });

  it('ends no session unless it is wished, and then all but this one, before the answer', async () => {
    await change();
    expect(ended).toEqual([]);
    await change({ currentPassword: NEW, endOtherSessions: true });
    expect(ended).toContainEqual({
      userId: ada.id,
      exceptSessionId: ada.caller.sessionId,
      reason: 'password-changed',
    });
  });

  it('voids a reset under way', async () => {
    await identity.gateway.ask(requestPasswordReset, { email: ada.email }, identity.context());
    const token = await identity.neighbours.mails.secret(ada.email, 2);
    await change();
    const completed = await identity.gateway.ask(completePasswordReset, { token, password: NEW }, identity.context());
    expect(completed).toEqual(new Failure('invalid_token'));
  });

  it('is done once of several at once', async () => {
    const answers = await Promise.all(['one', 'two', 'three'].map((n) => change({ password: `${NEW} ${n}` })));
    expect(answers.filter((answer) => !(answer instanceof Failure))).toEqual([{}]);
  });
});

describe('a new password', () => {
  it.each([
    ['made of one’s name', 'AdaLovelace1815', /own name or address/],
    ['that everybody has', 'password12345', /common/],
    ['of words that go together in Portuguese', 'vermelho amarelo', /\w+.*\.$/],
  ])('%s is refused with a hint', async (_which, password, hint) => {
    expect(await change({ password })).toMatchObject({
      code: 'guessable_password',
      extras: { detail: expect.stringMatching(hint) },
    });
  });

  it('made of an address that one has only added is refused too', async () => {
    await added(identity, ada, 'countess-of-zanzibar@example.com');
    expect(await change({ password: 'countessofzanzibar' })).toMatchObject({ code: 'guessable_password' });
  });
});

describe('while tokens is away', () => {
  it('the change stands, and the sessions end once it is back', async () => {
    identity.neighbours.endUserSessions = () => new Failure('unavailable', { retryAfter: 1 });
    expect(await change({ endOtherSessions: true })).toEqual(new Failure('revocation_pending', { retryAfter: 1 }));
    expect(await signInWith(NEW)).not.toBeInstanceOf(Failure);
    const { rows } = await identity.database.query<{ subject: string }>(
      `SELECT subject FROM outbox WHERE kind = 'command' AND sent_at IS NULL`,
    );
    expect(rows).toEqual([{ subject: 'tokens.v1.session.end-user' }]);
  });
});
