import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessEventEnvelope, Failure } from '@valetkey/contracts';
import { startMailbox } from '@valetkey/testing/stack';
import { v7 as uuidv7 } from 'uuid';
import {
  anAccessLink,
  ANNOUNCED,
  anInvitation,
  aPasswordReset,
  aVerification,
  isSettled,
  mailOnce,
  triedTimes,
} from '../../test/mails.ts';
import { startNotifications, type TestNotifications } from '../../test/start-notifications.ts';
import { CLAIM_MS } from './mail-queue.ts';

const SOON = { timeoutMs: 10_000 };
const DAY_MS = 24 * 3_600_000;
let notifications: TestNotifications;

beforeAll(async () => {
  notifications = await startNotifications();
  await notifications.startReplica();
});
afterEach(() => {
  notifications.mailbox.rejectWith(null);
  notifications.neighbours.isWanted = () => ({ wanted: true });
});
afterAll(async () => notifications.stop());

const arrival = async (to: string) => notifications.mailbox.waitFor(({ envelope }) => envelope.to.includes(to), SOON);
const arrived = (to: string) => notifications.mailbox.messages().filter(({ envelope }) => envelope.to.includes(to));

async function eventsOf(mailId: string): Promise<AccessEventEnvelope[]> {
  const text = `SELECT body FROM outbox WHERE entity = $1 AND kind = 'event' ORDER BY id`;
  const { rows } = await notifications.database.query<{ body: string }>(text, [`mail:${mailId}`]);
  return rows.map(({ body }) => AccessEventEnvelope.parse(JSON.parse(body)));
}

/** Lets the mails that are to be tried again be due. */
const laterOn = () => notifications.clock.advance(5 * 60_000);

describe('a mail', () => {
  it('arrives from the platform, with an id that follows from its own, and is told as sent', async () => {
    const content = aVerification();
    const mailId = await notifications.order({ content });
    const mail = await arrival(content.to);
    expect(mail.envelope).toEqual({ from: 'no-reply@valetkey.example', to: [content.to] });
    expect(mail.from).toMatchObject({ name: 'Valetkey', address: 'no-reply@valetkey.example' });
    expect(mail.messageId).toBe(`<${mailId}@valetkey.example>`);
    expect(mail.subject).toBe('Confirm your e-mail address');
    await mailOnce(notifications, mailId, isSettled);
    expect(await eventsOf(mailId)).toMatchObject([
      { type: 'dev.valetkey.mail.sent.v1', actor: 'service:notifications', data: { template: 'verification' } },
    ]);
  });

  it('leaves nothing of its content behind', async () => {
    const mailId = await notifications.order({ content: aVerification() });
    const settled = await mailOnce(notifications, mailId, isSettled);
    expect(settled).toEqual({ status: 'sent', reason: null, sealed: null, attempts: 1, claimed: false });
  });

  it('is sent once, however often it is ordered and by however many workers', async () => {
    const ordered = Array.from({ length: 30 }, () => ({ mailId: uuidv7(), content: aVerification() }));
    await Promise.all([...ordered, ...ordered, ...ordered].map(async (order) => notifications.order(order)));
    for (const { mailId } of ordered) await mailOnce(notifications, mailId, isSettled);
    for (const order of ordered) await notifications.order(order);
    const last = aVerification();
    await notifications.order({ content: last });
    await arrival(last.to);
    for (const { content } of ordered) expect(arrived(content.to)).toHaveLength(1);
  });

  it('of a worker that died is taken over when its claim lapses', async () => {
    const content = aVerification();
    const mailId = uuidv7();
    notifications.neighbours.isWanted = () => new Failure('unavailable', { retryAfter: 1 });
    await notifications.order({ mailId, content });
    await mailOnce(notifications, mailId, triedTimes(1));
    const until = new Date(notifications.clock.now().getTime() + CLAIM_MS);
    await notifications.database.query('UPDATE mails SET claim = $2, due_at = $3 WHERE id = $1', [
      mailId,
      uuidv7(),
      until,
    ]);
    notifications.neighbours.isWanted = () => ({ wanted: true });
    notifications.clock.advance(CLAIM_MS);
    await arrival(content.to);
    expect(await mailOnce(notifications, mailId, isSettled)).toMatchObject({ status: 'sent', attempts: 2 });
  });
});

describe('a mail that two workers have', () => {
  it('is sent by the one that took it last', async () => {
    const { promise: stalled, resolve: release } = Promise.withResolvers<object>();
    const answers: unknown[] = [stalled];
    notifications.neighbours.isWanted = () => answers.shift() ?? { wanted: true };
    const content = aVerification();
    const mailId = await notifications.order({ content });
    await mailOnce(notifications, mailId, ({ attempts }) => attempts === 1);
    const isSettledMeanwhile = (row: Parameters<typeof isSettled>[0]) => {
      notifications.clock.advance(CLAIM_MS);
      return isSettled(row);
    };
    expect(await mailOnce(notifications, mailId, isSettledMeanwhile)).toMatchObject({ status: 'sent', attempts: 2 });
    release({ wanted: true });
    const next = aVerification();
    await notifications.order({ content: next });
    await arrival(next.to);
    expect(arrived(content.to)).toHaveLength(1);
  });
});

describe('a mail that was sent and cannot be noted', () => {
  it('is noted as soon as it can be, and not sent again', async () => {
    await notifications.database.query('ALTER TABLE outbox RENAME TO away');
    const content = aVerification();
    const mailId = await notifications.order({ content });
    await arrival(content.to);
    await notifications.database.query('ALTER TABLE away RENAME TO outbox');
    expect(await mailOnce(notifications, mailId, isSettled)).toMatchObject({ status: 'sent', attempts: 1 });
    expect(arrived(content.to)).toHaveLength(1);
  });
});

describe('a mail that announces something', () => {
  it('is not sent once that is not wanted any more', async () => {
    notifications.neighbours.isWanted = () => ({ wanted: false });
    const content = aVerification();
    const mailId = await notifications.order({ content });
    expect(await mailOnce(notifications, mailId, isSettled)).toMatchObject({
      status: 'failed',
      reason: 'not-wanted',
      sealed: null,
    });
    expect(arrived(content.to)).toEqual([]);
    expect(await eventsOf(mailId)).toMatchObject([
      { type: 'dev.valetkey.mail.failed.v1', data: { template: 'verification', reason: 'not-wanted' } },
    ]);
  });

  it.each([
    ['verification', aVerification(), { verificationId: ANNOUNCED }],
    ['password reset', aPasswordReset(), { resetId: ANNOUNCED }],
    ['invitation', anInvitation(), { invitationId: ANNOUNCED, mailId: expect.any(String) }],
    ['access link', anAccessLink(), { accessLinkId: ANNOUNCED, secretNumber: 3 }],
  ])('such as a %s is asked about before it is sent', async (_what, content, question) => {
    const asked: object[] = [];
    notifications.neighbours.isWanted = (input) => {
      asked.push(input);
      return { wanted: true };
    };
    await notifications.order({ content });
    await arrival(content.to);
    expect(asked).toEqual([question]);
  });

  it('waits while nobody can say whether it is wanted', async () => {
    notifications.neighbours.isWanted = () => new Failure('unavailable', { retryAfter: 1 });
    const content = aVerification();
    const mailId = await notifications.order({ content });
    await mailOnce(notifications, mailId, triedTimes(1));
    notifications.neighbours.isWanted = () => ({ wanted: true });
    laterOn();
    await arrival(content.to);
  });
});

describe('a mail that is not taken', () => {
  it('for now is tried again, later and later', async () => {
    notifications.mailbox.rejectWith(451);
    const content = aVerification();
    const mailId = await notifications.order({ content });
    await mailOnce(notifications, mailId, triedTimes(1));
    laterOn();
    await mailOnce(notifications, mailId, triedTimes(2));
    notifications.mailbox.rejectWith(null);
    laterOn();
    await arrival(content.to);
    expect(await mailOnce(notifications, mailId, isSettled)).toMatchObject({ status: 'sent', attempts: 3 });
  });

  it('for good has failed, and keeps its content for as long as it may be tried again', async () => {
    notifications.mailbox.rejectWith(550);
    const mailId = await notifications.order({ content: aVerification() });
    expect(await mailOnce(notifications, mailId, isSettled)).toEqual({
      status: 'failed',
      reason: 'refused',
      sealed: expect.any(String),
      attempts: 1,
      claimed: false,
    });
  });

  it('until it expires has failed then, and is not sent any more', async () => {
    notifications.mailbox.rejectWith(451);
    const content = aVerification();
    const mailId = await notifications.order({ content, lifetimeMs: 60_000 });
    await mailOnce(notifications, mailId, triedTimes(1));
    notifications.mailbox.rejectWith(null);
    notifications.clock.advance(60_000);
    expect(await mailOnce(notifications, mailId, isSettled)).toMatchObject({ reason: 'expired', sealed: null });
    expect(arrived(content.to)).toEqual([]);
  });

  it('because it cannot be read waits for a new key or version, and fails when it expires', async () => {
    const mailId = uuidv7();
    notifications.neighbours.isWanted = () => new Failure('unavailable', { retryAfter: 1 });
    await notifications.order({ mailId, content: aVerification() });
    await mailOnce(notifications, mailId, triedTimes(1));
    await notifications.database.query(`UPDATE mails SET sealed = 'of another key' WHERE id = $1`, [mailId]);
    laterOn();
    await mailOnce(notifications, mailId, triedTimes(2));
    notifications.clock.advance(DAY_MS);
    expect(await mailOnce(notifications, mailId, isSettled)).toMatchObject({ reason: 'unreadable', sealed: null });
  });
});

describe('while the mail server is away', () => {
  it('mails wait, and each arrives once when it is back', async () => {
    const { smtpUrl } = notifications.mailbox;
    await notifications.mailbox.close();
    const contents = Array.from({ length: 10 }, () => aVerification());
    const mailIds = await Promise.all(contents.map(async (content) => notifications.order({ content })));
    for (const mailId of mailIds) await mailOnce(notifications, mailId, triedTimes(1));
    notifications.mailbox = await startMailbox({ port: Number(new URL(smtpUrl).port) });
    laterOn();
    for (const mailId of mailIds) await mailOnce(notifications, mailId, isSettled);
    for (const { to } of contents) expect(arrived(to)).toHaveLength(1);
  });
});

describe('a replica that is stopped', () => {
  it('leaves its mails to the others', async () => {
    const { stop } = await notifications.startReplica();
    const contents = Array.from({ length: 10 }, () => aVerification());
    const ordering = Promise.all(contents.map(async (content) => notifications.order({ content })));
    await stop();
    await ordering;
    for (const { to } of contents) await arrival(to);
  });
});
