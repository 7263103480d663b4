import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  disableTwoFactor,
  Failure,
  getOwnUser,
  renewRecoveryCodes,
  resetTwoFactor,
  resetTwoFactorAsOperator,
  signIn,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { type Enrolled, enrolled } from '../../test/enrolled.ts';
import { signInBy } from '../../test/second-steps.ts';
import { granted, signedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

const OFF = new Failure('two_factor_off');

let identity: TestIdentity;

beforeAll(async () => {
  identity = await startIdentity();
});
afterAll(async () => identity.stop());

const proofOf = (user: Enrolled) => ({ currentPassword: user.password, code: user.code() });
const next = () => identity.clock.advance(30_000);

/** Who was told to have turned it off, and on whose account. */
async function toldOff({ id }: { id: string }) {
  const events = await toldEvents(identity.database, `user:${id}`);
  return events
    .filter(({ type }) => type === 'dev.valetkey.user.two-factor-disabled.v1')
    .map(({ actor, data }) => ({ actor, data }));
}

async function signsInWithoutCode({ email, password }: Enrolled): Promise<boolean> {
  const answer = granted(await identity.gateway.ask(signIn, { email, password }, identity.context()));
  return 'secret' in answer;
}

describe.each([
  ['renewing the recovery codes', renewRecoveryCodes],
  ['turning two-factor off', disableTwoFactor],
] as const)('%s', (_doing, contract) => {
  it('needs the password and a code', async () => {
    const user = await enrolled(identity);
    const proof = proofOf(user);
    expect(await user.ask(contract, { ...proof, currentPassword: 'wrong' })).toEqual(new Failure('wrong_password'));
    expect(await user.ask(contract, { ...proof, code: user.wrongCode() })).toEqual(new Failure('wrong_code'));
    expect(await user.ask(contract, { currentPassword: user.password })).toMatchObject({ code: 'malformed' });
    granted(await user.ask(contract, proof));
  });

  it('can be done with a recovery code', async () => {
    const user = await enrolled(identity);
    const proof = { currentPassword: user.password, recoveryCode: user.recoveryCodes[3] ?? '' };
    granted(await user.ask(contract, proof));
  });

  it('needs a code that was not given before', async () => {
    const user = await enrolled(identity);
    const proof = proofOf(user);
    expect(await signInBy(identity, user, { code: proof.code })).toHaveProperty('secret');
    expect(await user.ask(contract, proof)).toEqual(new Failure('wrong_code'));
  });

  it('shares its wrong codes with signing in', async () => {
    const user = await enrolled(identity);
    for (let count = 0; count < 10; count += 1) {
      const proof = { currentPassword: user.password, code: user.wrongCode() };
      expect(await user.ask(contract, proof)).toEqual(new Failure('wrong_code'));
    }
    expect(await user.ask(contract, proofOf(user))).toMatchObject({ code: 'too_many_requests' });
    expect(await signInBy(identity, user, { code: user.code() })).toMatchObject({ code: 'too_many_requests' });
  });

  it('is refused when it is off, which costs no try', async () => {
    const user = await signedIn(identity);
    const proof = { currentPassword: user.password, code: '123456' };
    for (let count = 0; count < 12; count += 1) expect(await user.ask(contract, proof)).toEqual(OFF);
  });

  it('ends the other sessions if that is wished', async () => {
    const user = await enrolled(identity);
    const ended: unknown[] = [];
    identity.neighbours.endUserSessions = (input) => {
      if (input.userId === user.id) ended.push(input);
      return {};
    };
    granted(await user.ask(contract, { ...proofOf(user), endOtherSessions: true }));
    const { id: userId, caller } = user;
    expect(ended).toContainEqual({ userId, exceptSessionId: caller.sessionId, reason: 'ended-by-user' });
  });

  it.each(['login_token', 'access_link', 'access_key'] as const)('is not for a %s', async (kind) => {
    const user = await enrolled(identity);
    const context = identity.context(anyCaller({ ...user.caller, kind }));
    const refusals = { login_token: 'portal_only', access_link: 'link_session', access_key: 'key_not_allowed' };
    expect(await identity.gateway.ask(contract, proofOf(user), context)).toMatchObject({ code: refusals[kind] });
  });
});

it('new recovery codes void the old ones, and are told', async () => {
  const user = await enrolled(identity);
  const { recoveryCodes } = granted(await user.ask(renewRecoveryCodes, proofOf(user)));
  expect(recoveryCodes).toHaveLength(10);
  const events = await toldEvents(identity.database, `user:${user.id}`);
  const told = { type: 'dev.valetkey.user.recovery-codes-renewed.v1', actor: `user:${user.id}`, data: {} };
  expect(events.at(-1)).toMatchObject({ ...told, sequence: (events.at(-2)?.sequence ?? 0) + 1 });
  expect(await signInBy(identity, user, { recoveryCode: user.recoveryCodes[0] ?? '' })).toEqual(
    new Failure('wrong_code'),
  );
  expect(await signInBy(identity, user, { recoveryCode: recoveryCodes[0] ?? '' })).toHaveProperty('secret');
});

describe('turned off', () => {
  it('by its user, it asks for no code, and is told', async () => {
    const user = await enrolled(identity);
    granted(await user.ask(disableTwoFactor, proofOf(user)));
    expect(await signsInWithoutCode(user)).toBe(true);
    expect(await user.ask(getOwnUser, {})).toMatchObject({ twoFactor: false });
    expect(await toldOff(user)).toEqual([{ actor: `user:${user.id}`, data: { by: 'user' } }]);
  });

  it('it can be enrolled in again, with a secret and recovery codes of its own', async () => {
    const user = await enrolled(identity);
    granted(await user.ask(disableTwoFactor, proofOf(user)));
    next();
    const again = await enrolled(identity, user);
    expect(again.secret).not.toBe(user.secret);
    expect(await signInBy(identity, again, { recoveryCode: user.recoveryCodes[0] ?? '' })).toEqual(
      new Failure('wrong_code'),
    );
    expect(await signInBy(identity, again, { code: again.code() })).toHaveProperty('secret');
  });
});

describe('reset for a user who can give no code', () => {
  const asOperator = async (userId: string, operator = true) => {
    const context = identity.context(anyCaller({ operator }));
    return identity.gateway.ask(resetTwoFactorAsOperator, { userId }, context);
  };

  it('by an operator, it is off, and told as theirs', async () => {
    const user = await enrolled(identity);
    expect(await asOperator(user.id)).toMatchObject({ id: user.id, name: user.name, twoFactor: false });
    expect(await signsInWithoutCode(user)).toBe(true);
    expect(await toldOff(user)).toEqual([{ actor: expect.not.stringContaining(user.id), data: { by: 'operator' } }]);
  });

  it('for an owner, whom tenancy has judged, it is off, and told as theirs', async () => {
    const user = await enrolled(identity);
    const tenancy = await identity.as('tenancy');
    const { id: userId, name } = user;
    const answer = await tenancy.ask(resetTwoFactor, { userId }, identity.context());
    expect(answer).toMatchObject({ id: userId, name, twoFactor: false });
    expect(await signsInWithoutCode(user)).toBe(true);
    expect(await toldOff(user)).toEqual([{ actor: expect.any(String), data: { by: 'owner' } }]);
  });

  it('is refused when it is off, and for nobody', async () => {
    const { id } = await signedIn(identity);
    expect(await asOperator(id)).toEqual(OFF);
    expect(await asOperator(uuidv7())).toEqual(new Failure('not_found'));
  });

  it('is for operators and tenancy alone', async () => {
    const user = await enrolled(identity);
    expect(await asOperator(user.id, false)).toEqual(new Failure('forbidden'));
    const tokens = await identity.as('tokens');
    expect(await tokens.ask(resetTwoFactor, { userId: user.id }, identity.context())).toEqual(new Failure('forbidden'));
    expect(await signsInWithoutCode(user)).toBe(false);
  });
});
