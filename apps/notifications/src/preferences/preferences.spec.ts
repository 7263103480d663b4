import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  accountRestored,
  Failure,
  getNotificationPreferences,
  passwordChanged,
  updateNotificationPreferences,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { startNotifications, type TestNotifications } from '../../test/start-notifications.ts';

const EVERYTHING_AT_ONCE = {
  security: 'immediate',
  memberships: 'immediate',
  invitations: 'immediate',
  expiry: 'immediate',
  access_keys: 'immediate',
  access_links: 'immediate',
  partnerships: 'immediate',
  account: 'immediate',
};
let notifications: TestNotifications;

beforeAll(async () => {
  notifications = await startNotifications();
});
afterAll(async () => notifications.stop());

const contextOf = (userId: string, ifMatch?: string) =>
  notifications.context(anyCaller({ subject: { type: 'user', id: userId, name: 'Ada' } }), { ifMatch });
const get = async (userId: string) => notifications.gateway.ask(getNotificationPreferences, {}, contextOf(userId));
const update = async (userId: string, wanted: object, ifMatch?: string) =>
  notifications.gateway.ask(updateNotificationPreferences, wanted, contextOf(userId, ifMatch));

describe('the preferences of a user', () => {
  it('are to be mailed at once, until they choose', async () => {
    expect(await get(uuidv7())).toEqual({ ...EVERYTHING_AT_ONCE, revision: 1 });
  });

  it('change in what is named, and stay the user’s own', async () => {
    const [ada, grace] = [uuidv7(), uuidv7()];
    const chosen = { ...EVERYTHING_AT_ONCE, memberships: 'off', expiry: 'daily', revision: 2 };
    expect(await update(ada, { memberships: 'off', expiry: 'daily' })).toEqual(chosen);
    expect(await get(ada)).toEqual(chosen);
    expect(await get(grace)).toEqual({ ...EVERYTHING_AT_ONCE, revision: 1 });
    expect(await update(ada, { memberships: 'immediate' })).toEqual({
      ...EVERYTHING_AT_ONCE,
      expiry: 'daily',
      revision: 3,
    });
  });

  it('do not change when nothing else is wanted', async () => {
    const userId = uuidv7();
    expect(await update(userId, { security: 'immediate' })).toMatchObject({ revision: 1 });
    expect(await update(userId, {})).toMatchObject({ revision: 1 });
  });

  it.each(['daily', 'off'])('never put mail about security off: %s', async (security) => {
    const userId = uuidv7();
    expect(await update(userId, { security, expiry: 'off' })).toEqual(new Failure('security_mail'));
    expect(await get(userId)).toMatchObject({ expiry: 'immediate' });
  });

  it('know no other kinds', async () => {
    expect(await update(uuidv7(), { gossip: 'off' })).toMatchObject({ code: 'malformed' });
    expect(await update(uuidv7(), { expiry: 'weekly' })).toMatchObject({ code: 'malformed' });
  });

  it('do not change under one who saw others', async () => {
    const userId = uuidv7();
    expect(await update(userId, { expiry: 'off' }, '"1"')).toMatchObject({ revision: 2 });
    expect(await update(userId, { expiry: 'daily' }, '"1"')).toEqual(new Failure('precondition_failed'));
    expect(await get(userId)).toMatchObject({ expiry: 'off' });
  });

  it('bear changes that come at once', async () => {
    const userId = uuidv7();
    const kinds = ['memberships', 'invitations', 'expiry', 'access_keys', 'access_links', 'partnerships', 'account'];
    await Promise.all(kinds.map(async (kind) => update(userId, { [kind]: 'off' })));
    expect(await get(userId)).toMatchObject({ ...Object.fromEntries(kinds.map((kind) => [kind, 'off'])), revision: 8 });
  });
});

describe('a user who does not want to be told of an account', () => {
  it('is not, but of their security all the same', async () => {
    const owner = notifications.neighbours.user();
    const { userId, primaryEmail } = owner;
    const accountid = notifications.neighbours.account(owner);
    await update(userId, { account: 'off' });
    const event = await notifications.events.publish(accountRestored, {
      subject: accountid,
      accountid,
      data: { name: 'Acme' },
    });
    await notifications.until('SELECT 1 FROM inbox WHERE event_id = $1', [event.id]);
    await notifications.events.publish(passwordChanged, { subject: userId, data: { by: 'user' } });
    const mail = await notifications.mailbox.waitFor(({ envelope }) => envelope.to.includes(primaryEmail), {
      timeoutMs: 10_000,
    });
    expect(mail.subject).toBe('Your password was changed');
  });
});
