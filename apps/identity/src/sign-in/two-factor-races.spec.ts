import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disableTwoFactor, renewRecoveryCodes } from '@valetkey/contracts';
import { enrolled } from '../../test/enrolled.ts';
import { openedSession } from '../../test/opened-session.ts';
import { challengeOf, giveCode, outcomesOf } from '../../test/second-steps.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';

const BURST = 50;

let identity: TestIdentity;
let opened = 0;

beforeAll(async () => {
  identity = await startIdentity();
  await identity.startReplica();
  identity.neighbours.openPortalSession = (input) => {
    opened += 1;
    return openedSession(input);
  };
});
afterAll(async () => identity.stop());

const times = <T>(work: () => Promise<T>, count = BURST) => Promise.all(Array.from({ length: count }, work));

describe('of fifty at once', () => {
  it.each(['code', 'recoveryCode'] as const)('with one %s for challenges of their own, one signs in', async (kind) => {
    const user = await enrolled(identity);
    const challenges = await times(async () => challengeOf(identity, user));
    const factor = kind === 'code' ? { code: user.code() } : { recoveryCode: user.recoveryCodes[0] ?? '' };
    opened = 0;
    const answers = await Promise.all(
      challenges.map(async (challenge) => giveCode(identity, { challenge, ...factor })),
    );
    const outcomes = outcomesOf(answers);
    expect(outcomes).toEqual({ opened: 1, wrong_code: 10, too_many_requests: BURST - 11 });
    expect(opened).toBe(1);
  });

  it('with one challenge and one code, one signs in', async () => {
    const user = await enrolled(identity);
    const challenge = await challengeOf(identity, user);
    const code = user.code();
    opened = 0;
    const outcomes = outcomesOf(await times(async () => giveCode(identity, { challenge, code })));
    expect(outcomes).toEqual({ opened: 1, invalid_token: BURST - 1 });
    expect(opened).toBe(1);
  });

  it('with one challenge and a code each, one signs in and the other codes stay good', async () => {
    const user = await enrolled(identity);
    const challenge = await challengeOf(identity, user);
    opened = 0;
    const outcomes = outcomesOf(
      await Promise.all(
        user.recoveryCodes.map(async (recoveryCode) => giveCode(identity, { challenge, recoveryCode })),
      ),
    );
    expect(outcomes).toEqual({ opened: 1, invalid_token: 9 });
    const { rows } = await identity.database.query('SELECT 1 FROM recovery_codes WHERE user_id = $1', [user.id]);
    expect(rows).toHaveLength(9);
  });

  it('with one challenge and wrong codes, five are judged', async () => {
    const user = await enrolled(identity);
    const challenge = await challengeOf(identity, user);
    const code = user.wrongCode();
    const outcomes = outcomesOf(await times(async () => giveCode(identity, { challenge, code })));
    expect(outcomes).toEqual({ wrong_code: 5, invalid_token: BURST - 5 });
  });

  it('with wrong codes for challenges of their own, ten are judged', async () => {
    const user = await enrolled(identity);
    const challenges = await times(async () => challengeOf(identity, user));
    const code = user.wrongCode();
    const answers = await Promise.all(challenges.map(async (challenge) => giveCode(identity, { challenge, code })));
    expect(outcomesOf(answers)).toEqual({ wrong_code: 10, too_many_requests: BURST - 10 });
  });
});

it('of one code for a sign-in, new recovery codes and turning it off at once, one is served', async () => {
  const user = await enrolled(identity);
  const challenge = await challengeOf(identity, user);
  const [code, currentPassword] = [user.code(), user.password];
  const outcomes = outcomesOf(
    await Promise.all([
      giveCode(identity, { challenge, code }),
      user.ask(renewRecoveryCodes, { currentPassword, code }),
      user.ask(disableTwoFactor, { currentPassword, code }),
    ]),
  );
  expect(outcomes['opened']).toBe(1);
});
