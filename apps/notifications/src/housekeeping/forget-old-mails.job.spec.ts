import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Failure } from '@valetkey/contracts';
import { aVerification, isSettled, mailOnce, triedTimes } from '../../test/mails.ts';
import { startNotifications, type TestNotifications } from '../../test/start-notifications.ts';
import { ForgetOldMailsJob } from './forget-old-mails.job.ts';

const DAY_MS = 24 * 3_600_000;
let notifications: TestNotifications;

beforeAll(async () => {
  notifications = await startNotifications();
});
afterAll(async () => notifications.stop());

it('what became of a mail is forgotten after thirty days, and one that waits is not', async () => {
  const settled = await notifications.order({ content: aVerification() });
  await mailOnce(notifications, settled, isSettled);
  notifications.isWanted = () => new Failure('unavailable', { retryAfter: 1 });
  const waiting = await notifications.order({ content: aVerification(), lifetimeMs: 60 * DAY_MS });
  await mailOnce(notifications, waiting, triedTimes(1));
  notifications.clock.advance(30 * DAY_MS);
  await notifications.app.get(ForgetOldMailsJob).run();
  const { rows } = await notifications.database.query('SELECT id FROM mails');
  expect(rows).toEqual([{ id: waiting }]);
});
