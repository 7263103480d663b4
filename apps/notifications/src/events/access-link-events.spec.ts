import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessEvent } from '@valetkey/access-events';
import {
  accessLinkCreated,
  accessLinkEdited,
  accessLinkLocked,
  accountPurged,
  type Changes,
  type MailFailure,
  mailFailed,
} from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { anAccessLink, isSettled, mailOnce } from '../../test/mails.ts';
import { anAddress } from '../../test/neighbours.ts';
import { startNotifications, type TestNotifications } from '../../test/start-notifications.ts';

const SOON = { timeoutMs: 10_000 };
let notifications: TestNotifications;

beforeAll(async () => {
  notifications = await startNotifications();
  await notifications.startReplica();
});
afterEach(() => {
  notifications.neighbours.away = false;
  notifications.mailbox.rejectWith(null);
});
afterAll(async () => notifications.stop());

type User = ReturnType<TestNotifications['neighbours']['user']>;
const aUser = (change: Partial<User> = {}) => notifications.neighbours.user(change);
const arrival = async (to: string) => notifications.mailbox.waitFor(({ envelope }) => envelope.to.includes(to), SOON);
const arrived = (to: string) => notifications.mailbox.messages().filter(({ envelope }) => envelope.to.includes(to));
const handled = async ({ id }: AccessEvent) => notifications.until('SELECT 1 FROM inbox WHERE event_id = $1', [id]);

describe('an access link that is locked', () => {
  it('is told whoever edited it last, once, in their language', async () => {
    const editor = aUser({ locale: 'pt', verifiedEmails: [anAddress(), anAddress()] });
    const owner = aUser();
    const accountid = notifications.neighbours.account(owner);
    const data = { user: { id: uuidv7(), name: 'Charles Babbage' }, editorId: editor.userId };
    const event = await notifications.events.publish(accessLinkLocked, { accountid, data });
    const { subject, text } = await arrival(editor.primaryEmail);
    expect(subject).toBe('O link de acesso para Charles Babbage foi bloqueado');
    expect(text).toContain('para Acme foi bloqueado');
    await notifications.events.again(accessLinkLocked, event, `again-${event.id}`);
    const next = aUser();
    await notifications.events.publish(accessLinkLocked, { accountid, data: { ...data, editorId: next.userId } });
    await arrival(next.primaryEmail);
    expect(arrived(editor.primaryEmail)).toHaveLength(1);
    expect(arrived(editor.verifiedEmails[1] ?? '')).toEqual([]);
    expect(arrived(owner.primaryEmail)).toEqual([]);
  });
});

describe('a mail of an access link that failed', () => {
  const failed = async (mailId: string, reason: MailFailure, template = 'access-link') =>
    notifications.events.publish(mailFailed, { subject: mailId, data: { template, reason } });

  /** The last editor of a link whose present mail this is. */
  function editorOf(mailId: string): User {
    const editor = aUser();
    const accountId = notifications.neighbours.account();
    const link = { accessLinkId: uuidv7(), accountId, userName: 'Charles Babbage', editorId: editor.userId };
    notifications.neighbours.linkOf(mailId, link);
    return editor;
  }

  it('is told whoever edited the link last', async () => {
    const mailId = uuidv7();
    const editor = editorOf(mailId);
    const content = anAccessLink();
    notifications.neighbours.away = true;
    notifications.mailbox.rejectWith(550);
    await notifications.order({ mailId, content });
    await mailOnce(notifications, mailId, isSettled);
    notifications.mailbox.rejectWith(null);
    notifications.neighbours.away = false;
    expect((await arrival(editor.primaryEmail)).subject).toBe('The access link for Charles Babbage was not delivered');
    expect(arrived(content.to)).toEqual([]);
  });

  it.each([
    ['refused', 'The mail server does not take mail to the address.'],
    ['expired', 'The mail server did not take it in time.'],
    ['unreadable', 'The platform could not read it.'],
  ] as const)('says why: %s', async (reason, words) => {
    const mailId = uuidv7();
    const editor = editorOf(mailId);
    await failed(mailId, reason);
    expect((await arrival(editor.primaryEmail)).text).toContain(`in Acme was not delivered. ${words}`);
  });

  it('is nobody’s concern when it was not wanted, was another mail, or the link has a newer one', async () => {
    const [unwanted, other] = [uuidv7(), uuidv7()];
    const editors = [unwanted, other].map((mailId) => editorOf(mailId));
    await handled(await failed(unwanted, 'not-wanted'));
    await handled(await failed(other, 'refused', 'invitation'));
    await handled(await failed(uuidv7(), 'refused'));
    for (const { primaryEmail } of editors) expect(arrived(primaryEmail)).toEqual([]);
  });

  it('is forgotten with its account, though the event names none', async () => {
    const mailId = uuidv7();
    const editor = aUser();
    const accountId = notifications.neighbours.account();
    const link = { accessLinkId: uuidv7(), accountId, userName: 'Charles Babbage', editorId: editor.userId };
    notifications.neighbours.linkOf(mailId, link);
    await failed(mailId, 'refused');
    await arrival(editor.primaryEmail);
    const of = { subject: accountId, accountid: accountId };
    await notifications.events.publish(accountPurged, { ...of, data: { name: 'Acme' } });
    await notifications.until(
      `SELECT 1 WHERE NOT EXISTS (SELECT FROM mails WHERE template = 'access-link-undelivered' AND account_id = $1)
                  AND EXISTS (SELECT FROM mails WHERE template = 'access-link-undelivered')`,
      [accountId],
    );
    const { rows } = await notifications.database.query(
      `SELECT 1 FROM mails WHERE template = 'access-link-undelivered' AND account_id IS NULL`,
    );
    expect(rows).toEqual([]);
  });

  it('waits while tokens is away', async () => {
    notifications.neighbours.away = true;
    const mailId = uuidv7();
    const editor = editorOf(mailId);
    await failed(mailId, 'refused');
    notifications.neighbours.away = false;
    await arrival(editor.primaryEmail);
  });
});

describe('an access link that asks for no code', () => {
  const [editorId, expiresAt] = [uuidv7(), '2026-03-08T12:00:00.000Z'];
  const edited = (user: User, changes: Changes, accountid: string, waiveTwoFactor = true) => {
    const data = { user: { id: user.userId, name: user.name }, changes, waiveTwoFactor, editorId };
    return notifications.events.publish(accessLinkEdited, { accountid, data });
  };

  it('is told the user whom it lets in, at every verified address, whatever they chose', async () => {
    const user = aUser({ verifiedEmails: [anAddress(), anAddress()] });
    const owner = aUser({ name: 'Grace Hopper' });
    const accountid = notifications.neighbours.account(owner);
    const named = { id: user.userId, name: user.name };
    const changes = [{ field: 'waiveTwoFactor', to: true }];
    const link = { user: named, expiresAt, hasPassword: false, editorId: owner.userId };
    const data = { ...link, waiveTwoFactor: true, changes };
    const actor = `user:${owner.userId}`;
    await notifications.events.publish(accessLinkCreated, { accountid, actor, data });
    for (const address of user.verifiedEmails) {
      expect((await arrival(address)).text).toContain(
        'Grace Hopper made an access link that lets you into Acme without',
      );
    }
    expect(arrived(owner.primaryEmail)).toEqual([]);
  });

  it('is told when an edit waives it, and again when another leaves it so, which makes a new link', async () => {
    const user = aUser();
    const accountid = notifications.neighbours.account();
    await edited(user, [{ field: 'waiveTwoFactor', from: false, to: true }, { field: 'password' }], accountid);
    const first = await arrival(user.primaryEmail);
    expect(first.subject).toBe('An access link to Acme asks you for no code');
    await edited(user, [{ field: 'expiresAt' }], accountid);
    const again = (mail: typeof first) => mail !== first && mail.envelope.to.includes(user.primaryEmail);
    expect(await notifications.mailbox.waitFor(again, SOON)).toMatchObject({ subject: first.subject });
  });

  it('is nothing to tell of where it does', async () => {
    const user = aUser();
    const accountid = notifications.neighbours.account();
    const named = { id: user.userId, name: user.name };
    const data = { user: named, expiresAt, hasPassword: false, waiveTwoFactor: false, editorId, changes: [] };
    await handled(await notifications.events.publish(accessLinkCreated, { accountid, data }));
    await handled(await edited(user, [{ field: 'waiveTwoFactor', from: true, to: false }], accountid, false));
    expect(arrived(user.primaryEmail)).toEqual([]);
  });
});
