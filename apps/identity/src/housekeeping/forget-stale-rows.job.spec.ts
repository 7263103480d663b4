import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { signIn, signUp } from '@valetkey/contracts';
import { anyone, registered } from '../../test/people.ts';
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
