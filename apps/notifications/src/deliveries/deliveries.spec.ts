import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Failure, isFailure, listDeliveries, type MailContent, retryDelivery } from '@valetkey/contracts';
import { type Schedule, scheduleOf } from '@valetkey/observability';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { anAddress } from '../../test/neighbours.ts';
import { aVerification, isSettled, mailOnce } from '../../test/mails.ts';
import { startNotifications, type TestNotifications } from '../../test/start-notifications.ts';
import { WipeFailedMailsJob } from '../housekeeping/wipe-failed-mails.job.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SOON = { timeoutMs: 10_000 };
let notifications: TestNotifications;

beforeAll(async () => {
  notifications = await startNotifications();
  await notifications.app.get<Schedule>(scheduleOf(WipeFailedMailsJob)).stop();
});
afterEach(() => {
  notifications.mailbox.rejectWith(null);
  notifications.neighbours.isWanted = () => ({ wanted: true });
});
afterAll(async () => notifications.stop());

const asOperator = () => notifications.context(anyCaller({ operator: true }));
const retry = async (deliveryId: string) => notifications.gateway.ask(retryDelivery, { deliveryId }, asOperator());

async function list(input: { limit?: number; cursor?: string } = {}) {
  const page = await notifications.gateway.ask(listDeliveries, input, asOperator());
  if (isFailure(page)) throw new Error(page.code);
  return page;
}

/** A mail that the server refuses for good; its id. */
async function refused(content: MailContent = aVerification(), lifetimeMs?: number): Promise<string> {
  notifications.mailbox.rejectWith(550);
  const mailId = await notifications.order({ content, lifetimeMs });
  await mailOnce(notifications, mailId, isSettled);
  notifications.mailbox.rejectWith(null);
  notifications.clock.advance(1000);
  return mailId;
}

const alreadyRegistered = (to = anAddress()): MailContent => {
  return { template: 'already-registered', to, name: 'Ada', locale: 'en' };
};

describe('the deliveries', () => {
  it('are the mails that failed, without address and content, the latest failure first', async () => {
    const sent = await notifications.order({ content: aVerification() });
    await mailOnce(notifications, sent, isSettled);
    const [first, second, third] = [await refused(), await refused(), await refused()];
    const all = await list();
    expect(all.items.slice(0, 3).map(({ id }) => id)).toEqual([third, second, first]);
    expect(all.items.map(({ id }) => id)).not.toContain(sent);
    expect(all.items[0]).toEqual({
      id: third,
      template: 'verification',
      status: 'failed',
      reason: 'refused',
      attempts: 1,
      createdAt: expect.any(String),
      failedAt: expect.any(String),
    });
  });

  it('come in pages, which go on where a mail was retried meanwhile', async () => {
    const [first, second, third] = [await refused(), await refused(), await refused()];
    const page = await list({ limit: 2 });
    expect(page.items.map(({ id }) => id)).toEqual([third, second]);
    notifications.neighbours.isWanted = () => new Failure('unavailable', { retryAfter: 1 });
    await retry(second);
    const next = await list({ limit: 1, cursor: page.nextCursor ?? '' });
    expect(next.items.map(({ id }) => id)).toEqual([first]);
  });

  it('are for operators alone', async () => {
    const context = notifications.context(anyCaller());
    expect(await notifications.gateway.ask(listDeliveries, {}, context)).toEqual(new Failure('forbidden'));
    const deliveryId = await refused();
    expect(await notifications.gateway.ask(retryDelivery, { deliveryId }, context)).toEqual(new Failure('forbidden'));
  });
});

describe('a mail that failed', () => {
  it('is sent when an operator retries it, and is gone from the list', async () => {
    const content = aVerification();
    const deliveryId = await refused(content);
    expect(await retry(deliveryId)).toMatchObject({ id: deliveryId, status: 'queued', attempts: 1 });
    await notifications.mailbox.waitFor(({ envelope }) => envelope.to.includes(content.to), SOON);
    const settled = await mailOnce(notifications, deliveryId, isSettled);
    expect(settled).toMatchObject({ status: 'sent', sealed: null, attempts: 2 });
    expect((await list()).items.map(({ id }) => id)).not.toContain(deliveryId);
  });

  it('is retried once, of however many that retry it at once', async () => {
    const deliveryId = await refused();
    notifications.neighbours.isWanted = () => new Failure('unavailable', { retryAfter: 1 });
    const answers = await Promise.all(Array.from({ length: 10 }, async () => retry(deliveryId)));
    expect(answers.filter((answer) => !isFailure(answer))).toHaveLength(1);
    expect(answers.filter(isFailure)).toEqual(Array.from({ length: 9 }, () => new Failure('not_retryable')));
  });

  it('may fail again, and be retried again', async () => {
    const content = alreadyRegistered();
    const deliveryId = await refused(content);
    notifications.mailbox.rejectWith(550);
    await retry(deliveryId);
    await mailOnce(notifications, deliveryId, (row) => isSettled(row) && row.attempts === 2);
    notifications.mailbox.rejectWith(null);
    await retry(deliveryId);
    await notifications.mailbox.waitFor(({ envelope }) => envelope.to.includes(content.to), SOON);
  });

  it('is not retried once its secret has expired', async () => {
    const deliveryId = await refused(aVerification(), HOUR_MS);
    notifications.clock.advance(HOUR_MS);
    expect(await retry(deliveryId)).toEqual(new Failure('not_retryable'));
  });

  it('without a secret is retried for seven days, also when it came too late', async () => {
    const content = alreadyRegistered();
    notifications.mailbox.rejectWith(451);
    const deliveryId = await notifications.order({ content, lifetimeMs: HOUR_MS });
    notifications.clock.advance(HOUR_MS);
    expect(await mailOnce(notifications, deliveryId, isSettled)).toMatchObject({ reason: 'expired' });
    notifications.mailbox.rejectWith(null);
    notifications.clock.advance(7 * DAY_MS - 1);
    expect(await retry(deliveryId)).toMatchObject({ status: 'queued' });
    await notifications.mailbox.waitFor(({ envelope }) => envelope.to.includes(content.to), SOON);
  });

  it('because what it announced has ended is not retried', async () => {
    notifications.neighbours.isWanted = () => ({ wanted: false });
    const deliveryId = await notifications.order({ content: aVerification() });
    await mailOnce(notifications, deliveryId, isSettled);
    expect(await retry(deliveryId)).toEqual(new Failure('not_retryable'));
  });

  it('loses its content when it cannot be retried any more', async () => {
    const [secret, notice] = [await refused(aVerification(), DAY_MS), await refused(alreadyRegistered())];
    notifications.clock.advance(DAY_MS);
    await notifications.app.get(WipeFailedMailsJob).run();
    expect(await mailOnce(notifications, secret, isSettled)).toMatchObject({ sealed: null });
    expect(await mailOnce(notifications, notice, isSettled)).toMatchObject({ sealed: expect.any(String) });
    notifications.clock.advance(6 * DAY_MS);
    await notifications.app.get(WipeFailedMailsJob).run();
    expect(await mailOnce(notifications, notice, isSettled)).toMatchObject({ sealed: null });
  });
});

it('what nobody sent cannot be retried', async () => {
  expect(await retry(uuidv7())).toEqual(new Failure('not_found'));
  const askMalformed = async (deliveryId: string) =>
    notifications.gateway.ask(retryDelivery, Object.assign({ deliveryId }, { soon: true }), asOperator());
  expect(await askMalformed(uuidv7())).toEqual(new Failure('not_found'));
  const sent = await notifications.order({ content: aVerification() });
  await mailOnce(notifications, sent, isSettled);
  expect(await retry(sent)).toEqual(new Failure('not_retryable'));
  expect(await askMalformed(sent)).toMatchObject({ code: 'malformed' });
});
