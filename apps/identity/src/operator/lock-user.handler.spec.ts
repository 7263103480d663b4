import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  completePasswordReset,
  Failure,
  lockUser,
  requestPasswordReset,
  resetTwoFactorAsOperator,
  signIn,
  unlockUser,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { openedSession } from '../../test/opened-session.ts';
import { granted, type SignedIn, signedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

const INVALID = new Failure('invalid_credentials');
const NEW = 'sixteen stubborn herons';
type Ended = Parameters<TestIdentity['neighbours']['endUserSessions']>[0];

let identity: TestIdentity;
let ada: SignedIn;
let ended: Ended[];
const operator = anyCaller({ operator: true });

beforeAll(async () => {
  identity = await startIdentity();
});
beforeEach(async () => {
  ada = await signedIn(identity);
  ended = [];
  identity.neighbours.endUserSessions = (input) => ended.push(input) && {};
  identity.neighbours.openPortalSession = openedSession;
});
afterAll(async () => identity.stop());

const lock = (userId = ada.id, caller = operator) =>
  identity.gateway.ask(lockUser, { userId }, identity.context(caller));
const unlock = (userId = ada.id) => identity.gateway.ask(unlockUser, { userId }, identity.context(operator));
const signInWith = (password = ada.password) =>
  identity.gateway.ask(signIn, { email: ada.email, password }, identity.context());
const told = async () =>
  (await toldEvents(identity.database, `user:${ada.id}`))
    .map(({ type }) => type)
    .filter((type) => /lock/.test(type ?? ''));

describe('locking a user', () => {
  it('ends their sessions before it is answered, and lets them sign in no more, answered as a wrong password', async () => {
    expect(await lock()).toEqual({
      id: ada.id,
      name: ada.name,
      locale: 'en',
      twoFactor: false,
      createdAt: expect.any(String),
    });
    expect(ended).toContainEqual({ userId: ada.id, reason: 'user-locked' });
    expect(await signInWith()).toEqual(INVALID);
  });

  it('is told once, however often it is done', async () => {
    await Promise.all(Array.from({ length: 5 }, () => lock()));
    expect(await told()).toEqual(['dev.valetkey.user.locked.v1']);
  });

  it('outlasts a password reset', async () => {
    await lock();
    await identity.gateway.ask(requestPasswordReset, { email: ada.email }, identity.context());
    const token = await identity.neighbours.mails.secret(ada.email, 2);
    granted(await identity.gateway.ask(completePasswordReset, { token, password: NEW }, identity.context()));
    expect(await signInWith(NEW)).toEqual(INVALID);
  });

  it('while they are signing in leaves them no session', async () => {
    identity.neighbours.openPortalSession = async (input) => {
      await lock();
      ended = [];
      return openedSession(input);
    };
    expect(await signInWith()).toEqual(INVALID);
    expect(ended).toContainEqual({ userId: ada.id, reason: 'user-locked' });
  });

  it('is for operators, and not for oneself', async () => {
    expect(await lock(ada.id, anyCaller())).toEqual(new Failure('forbidden'));
    const myself = anyCaller({ operator: true, subject: { type: 'user', id: ada.id, name: ada.name } });
    expect(await lock(ada.id, myself)).toMatchObject({ code: 'own_role' });
    expect(await lock(uuidv7())).toEqual(new Failure('not_found'));
  });
});

describe('unlocking a user', () => {
  it('lets them sign in again, and is told once', async () => {
    await lock();
    expect(await unlock()).toMatchObject({ id: ada.id });
    expect(await unlock()).toMatchObject({ id: ada.id });
    expect(await told()).toEqual(['dev.valetkey.user.locked.v1', 'dev.valetkey.user.unlocked.v1']);
    expect(await signInWith()).not.toBeInstanceOf(Failure);
  });

  it('of nobody is refused', async () => {
    expect(await unlock(uuidv7())).toEqual(new Failure('not_found'));
  });
});

describe.each([lockUser, unlockUser, resetTwoFactorAsOperator])(
  '$subject, asked in a way that nobody can read',
  (contract) => {
    const ask = (userId: string) =>
      identity.gateway.ask(contract, Object.assign({ userId }, { soon: true }), identity.context(operator));

    it('of nobody finds nobody, and of somebody is malformed', async () => {
      expect(await ask(uuidv7())).toEqual(new Failure('not_found'));
      expect(await ask(ada.id)).toMatchObject({ code: 'malformed' });
    });
  },
);
