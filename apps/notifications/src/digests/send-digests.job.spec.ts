import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import {
  accountPurged,
  accountRestored,
  type NotificationFrequency,
  updateNotificationPreferences,
} from '@valetkey/contracts';
import { type Schedule, scheduleOf } from '@valetkey/observability';
import { anyCaller } from '@valetkey/testing';
import type { INestApplicationContext } from '@nestjs/common';
import type { Neighbours } from '../../test/neighbours.ts';
import { type Replica, startNotifications, type TestNotifications } from '../../test/start-notifications.ts';
import { TellEvents } from '../events/tell-events.ts';
import { SendDigestsJob } from './send-digests.job.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SOON = { timeoutMs: 10_000 };
type User = ReturnType<Neighbours['user']>;

let notifications: TestNotifications;
let replica: Replica;

beforeAll(async () => {
  notifications = await startNotifications();
  replica = await notifications.startReplica();
  for (const { app } of [notifications, replica]) await app.get<Schedule>(scheduleOf(SendDigestsJob)).stop();
});
afterEach(() => {
  notifications.neighbours.away = false;
});
afterAll(async () => notifications.stop());

/** Milliseconds until it is seven again. */
function untilTheHour(): number {
  const sinceSeven = (notifications.clock.now().getTime() - 7 * HOUR_MS) % DAY_MS;
  return DAY_MS - sinceSeven;
}

/** Lets it be seven, and the digests go. */
async function sendDigests(): Promise<void> {
  notifications.clock.advance(untilTheHour());
  await runJob();
}

const runJob = async (app: INestApplicationContext = notifications.app) => app.get(SendDigestsJob).run();
const digestsTo = ({ primaryEmail }: User) =>
  notifications.mailbox.messages().filter(({ envelope }) => envelope.to.includes(primaryEmail));
const digestTo = async ({ primaryEmail }: User) =>
  notifications.mailbox.waitFor(({ envelope }) => envelope.to.includes(primaryEmail), SOON);

async function choose({ userId }: User, account: NotificationFrequency): Promise<void> {
  const caller = anyCaller({ subject: { type: 'user', id: userId, name: 'Ada' } });
  await notifications.gateway.ask(updateNotificationPreferences, { account }, notifications.context(caller));
}

async function tell(accountid: string, name = 'Acme'): Promise<void> {
  const event = await notifications.events.publish(accountRestored, { subject: accountid, accountid, data: { name } });
  await notifications.until('SELECT 1 FROM inbox WHERE event_id = $1', [event.id]);
}

async function anOwner(change: Partial<User> = {}): Promise<{ owner: User; accountId: string }> {
  const owner = notifications.neighbours.user(change);
  await choose(owner, 'daily');
  return { owner, accountId: notifications.neighbours.account(owner) };
}

const itemsOf = async ({ userId }: User) =>
  (await notifications.database.query('SELECT 1 FROM digest_items WHERE user_id = $1', [userId])).rows.length;

describe('a user who wants one mail a day', () => {
  it('has it at the hour, with all that happened until then', async () => {
    const { owner, accountId } = await anOwner();
    await tell(accountId, 'Acme');
    await tell(accountId, 'Acme & Sons');
    await runJob();
    notifications.clock.advance(untilTheHour() - 1);
    await runJob();
    expect(await itemsOf(owner)).toBe(2);
    notifications.clock.advance(1);
    await runJob();
    const { subject, text } = await digestTo(owner);
    expect(subject).toBe('Your daily summary');
    expect(text).toContain('- Platform staff restored the account Acme.');
    expect(text).toContain('- Platform staff restored the account Acme & Sons.');
    expect(await itemsOf(owner)).toBe(0);
  });

  it('is not shown more than a hundred things, but told how many there were', async () => {
    const { owner, accountId } = await anOwner();
    const told = Array.from({ length: 103 }, () =>
      makeAccessEvent(accountRestored, { subject: accountId, accountid: accountId, data: { name: 'Acme' } }),
    );
    await notifications.app.get(TellEvents).apply(told);
    await sendDigests();
    const { text = '' } = await digestTo(owner);
    expect(text.split('restored the account')).toHaveLength(101);
    expect(text).toContain('And 3 more.');
  });

  it('has it in their language', async () => {
    const { owner, accountId } = await anOwner({ locale: 'pt' });
    await tell(accountId);
    await sendDigests();
    expect((await digestTo(owner)).subject).toBe('O seu resumo diário');
  });

  it('has one a day, however many replicas send at once, and the rest the next day', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, async () => anOwner()));
    for (const { accountId } of people) await tell(accountId);
    notifications.clock.advance(untilTheHour());
    await Promise.all([runJob(), runJob(replica.app), runJob(), runJob(replica.app)]);
    for (const { owner, accountId } of people) {
      await digestTo(owner);
      await tell(accountId);
    }
    await Promise.all([runJob(), runJob(replica.app)]);
    for (const { owner } of people) expect([digestsTo(owner).length, await itemsOf(owner)]).toEqual([1, 1]);
    notifications.clock.advance(untilTheHour());
    await Promise.all([runJob(), runJob(replica.app)]);
    const isSecond = () => people.every(({ owner }) => digestsTo(owner).length === 2);
    await notifications.mailbox.waitFor(isSecond, SOON);
  });

  it('loses nothing when a digest cannot be made, and others have theirs', async () => {
    const [{ owner: unlucky, accountId }, lucky] = [await anOwner(), await anOwner()];
    await tell(accountId);
    await tell(lucky.accountId);
    const { rows } = await notifications.database.query<{ sealed: string }>(
      `UPDATE digest_items SET sealed = 'of another key' FROM digest_items old
        WHERE digest_items.id = old.id AND old.user_id = $1 RETURNING old.sealed`,
      [unlucky.userId],
    );
    await sendDigests();
    await digestTo(lucky.owner);
    expect(await itemsOf(unlucky)).toBe(1);
    await notifications.database.query('UPDATE digest_items SET sealed = $2 WHERE user_id = $1', [
      unlucky.userId,
      rows[0]?.sealed,
    ]);
    await runJob();
    await digestTo(unlucky);
  });

  it('waits while identity is away', async () => {
    const { owner, accountId } = await anOwner();
    await tell(accountId);
    notifications.clock.advance(untilTheHour());
    notifications.neighbours.away = true;
    await expect(runJob()).rejects.toThrow();
    expect(await itemsOf(owner)).toBe(1);
    notifications.neighbours.away = false;
    await runJob();
    await digestTo(owner);
  });

  it('is told no more of what they have turned off since', async () => {
    const { owner, accountId } = await anOwner();
    await tell(accountId);
    await choose(owner, 'off');
    expect(await itemsOf(owner)).toBe(0);
  });

  it('is told at once again when they want it, and what waited comes at the hour', async () => {
    const { owner, accountId } = await anOwner();
    await tell(accountId, 'Waiting');
    await choose(owner, 'immediate');
    await tell(accountId, 'At Once');
    expect((await digestTo(owner)).subject).toBe('The account At Once was restored');
    await sendDigests();
    const summary = await notifications.mailbox.waitFor(
      ({ subject, envelope }) => subject === 'Your daily summary' && envelope.to.includes(owner.primaryEmail),
      SOON,
    );
    expect(summary.text).toContain('the account Waiting');
  });

  it('who has lost every address is told nothing, and nothing is kept', async () => {
    const { owner, accountId } = await anOwner();
    await tell(accountId);
    owner.verifiedEmails.length = 0;
    await sendDigests();
    expect([digestsTo(owner).length, await itemsOf(owner)]).toEqual([0, 0]);
  });

  it('is told nothing of an account that is gone', async () => {
    const { owner, accountId } = await anOwner();
    await tell(accountId);
    const data = { name: 'Acme' };
    await notifications.events.publish(accountPurged, { subject: accountId, accountid: accountId, data });
    await notifications.until('SELECT 1 WHERE NOT EXISTS (SELECT FROM digest_items WHERE account_id = $1)', [
      accountId,
    ]);
    expect(await itemsOf(owner)).toBe(0);
  });
});
