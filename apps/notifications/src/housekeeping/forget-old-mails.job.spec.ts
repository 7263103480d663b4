import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Failure } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
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
  notifications.neighbours.isWanted = () => new Failure('unavailable', { retryAfter: 1 });
  const waiting = await notifications.order({ content: aVerification(), lifetimeMs: 60 * DAY_MS });
  await mailOnce(notifications, waiting, triedTimes(1));
  notifications.clock.advance(30 * DAY_MS);
  await notifications.app.get(ForgetOldMailsJob).run();
  const { rows } = await notifications.database.query('SELECT id FROM mails');
  expect(rows).toEqual([{ id: waiting }]);
});

it('what no digest could be made of in thirty days is forgotten, and when the last one was', async () => {
  const { database, clock, app } = notifications;
  const userId = uuidv7();
  const now = clock.now();
  await database.query(
    `INSERT INTO digest_items (id, user_id, kind, sealed, created_at) VALUES ($1, $1, 'account', 'of another key', $2)`,
    [userId, now],
  );
  await database.query('INSERT INTO digests VALUES ($1, $2)', [userId, now]);
  const left = async () => {
    const text = 'SELECT user_id FROM digest_items UNION ALL SELECT user_id FROM digests';
    return (await database.query<{ user_id: string }>(text)).rows;
  };
  clock.advance(29 * DAY_MS);
  await app.get(ForgetOldMailsJob).run();
  expect(await left()).toHaveLength(2);
  clock.advance(2 * DAY_MS);
  await app.get(ForgetOldMailsJob).run();
  expect(await left()).toEqual([]);
});
