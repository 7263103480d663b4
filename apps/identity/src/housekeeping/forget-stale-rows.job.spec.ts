import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addEmail, enrolInTwoFactor, requestPasswordReset, signIn, signUp } from '@valetkey/contracts';
import { enrolled } from '../../test/enrolled.ts';
import { anyone, registered } from '../../test/people.ts';
import { challengeOf } from '../../test/second-steps.ts';
import { granted, signedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { ForgetStaleRowsJob } from './forget-stale-rows.job.ts';

const DAY_MS = 24 * 3_600_000;
let identity: TestIdentity;

beforeAll(async () => {
  identity = await startIdentity();
});
afterAll(async () => identity.stop());

async function rowsIn(table: string): Promise<number> {
  return (await identity.database.query(`SELECT 1 FROM ${table}`)).rows.length;
}

it('what nobody has come back to is forgotten in its time, and users are not', async () => {
  const user = await registered(identity);
  await identity.gateway.ask(signUp, anyone(), identity.context());
  for (const { email } of [user, anyone()]) {
    await identity.gateway.ask(signIn, { email, password: 'wrong' }, identity.context());
  }
  const job = identity.app.get(ForgetStaleRowsJob);

  identity.clock.advance(DAY_MS);
  await job.run();
  expect(await rowsIn('throttles')).toBe(0);
  expect(await rowsIn('failed_sign_ins')).toBe(1);
  expect(await rowsIn('sign_ups')).toBe(1);

  identity.clock.advance(7 * DAY_MS);
  await job.run();
  expect(await rowsIn('sign_ups')).toBe(0);
  expect(await rowsIn('failed_sign_ins')).toBe(1);
  expect(await rowsIn('users')).toBe(1);
});

it('enrolments in two-factor that nobody finished and sign-ins that nobody did are forgotten, those who have it on are not', async () => {
  const unfinished = await signedIn(identity);
  granted(await unfinished.ask(enrolInTwoFactor, { currentPassword: unfinished.password }));
  await challengeOf(identity, await enrolled(identity));
  const job = identity.app.get(ForgetStaleRowsJob);
  await job.run();
  expect([await rowsIn('two_factors'), await rowsIn('sign_in_challenges')]).toEqual([2, 1]);

  identity.clock.advance(3 * 60_000);
  await job.run();
  expect([await rowsIn('two_factors'), await rowsIn('sign_in_challenges')]).toEqual([2, 0]);

  identity.clock.advance(DAY_MS);
  await job.run();
  expect(await rowsIn('two_factors')).toBe(1);
});

it('verifications of added addresses and password resets that have expired are forgotten', async () => {
  const ada = await signedIn(identity);
  granted(await ada.ask(addEmail, { email: anyone().email, currentPassword: ada.password }));
  granted(await identity.gateway.ask(requestPasswordReset, { email: ada.email }, identity.context()));
  await identity.neighbours.mails.nth(ada.email, 2);
  const job = identity.app.get(ForgetStaleRowsJob);
  await job.run();
  expect([await rowsIn('email_verifications'), await rowsIn('password_resets')]).toEqual([1, 1]);
  identity.clock.advance(DAY_MS);
  await job.run();
  expect([await rowsIn('email_verifications'), await rowsIn('password_resets')]).toEqual([0, 0]);
});
