import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessEvent } from '@valetkey/access-events';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import {
  accessKeyUsedFromNewPlace,
  accountPurged,
  emailVerified,
  invitationAccepted,
  loginTokenExpiring,
  membershipGranted,
  membershipRemoved,
  moduleDisabled,
  passwordChanged,
  recoveryCodesRenewed,
  signedInFromNewPlace,
  twoFactorDisabled,
} from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { anAddress } from '../../test/neighbours.ts';
import { type Replica, startNotifications, type TestNotifications } from '../../test/start-notifications.ts';
import { TellEvents } from './tell-events.ts';

const SOON = { timeoutMs: 10_000 };
let notifications: TestNotifications;
let replica: Replica;

beforeAll(async () => {
  notifications = await startNotifications();
  replica = await notifications.startReplica();
});
afterEach(() => {
  notifications.neighbours.away = false;
});
afterAll(async () => notifications.stop());

const arrival = async (to: string) => notifications.mailbox.waitFor(({ envelope }) => envelope.to.includes(to), SOON);
const arrived = (to: string) => notifications.mailbox.messages().filter(({ envelope }) => envelope.to.includes(to));
const handled = async ({ id }: AccessEvent) => notifications.until('SELECT 1 FROM inbox WHERE event_id = $1', [id]);

const place = (accountId: string) => {
  return { scope: { type: 'account' as const, id: accountId }, scopeName: 'Acme', accountName: 'Acme' };
};

describe('what concerns a user’s security', () => {
  it('is mailed to every verified address, and to each once', async () => {
    const { userId, verifiedEmails } = notifications.neighbours.user({
      verifiedEmails: [anAddress(), anAddress(), anAddress()],
    });
    const event = await notifications.events.publish(passwordChanged, { subject: userId, data: { by: 'user' } });
    for (const address of verifiedEmails) {
      expect((await arrival(address)).subject).toBe('Your password was changed');
    }
    await notifications.events.again(passwordChanged, event, `again-${event.id}`);
    const next = notifications.neighbours.user();
    await notifications.events.publish(passwordChanged, { subject: next.userId, data: { by: 'reset' } });
    expect((await arrival(next.primaryEmail)).subject).toBe('Your password was reset');
    for (const address of verifiedEmails) expect(arrived(address)).toHaveLength(1);
  });

  it('is mailed once, however many replicas get the event at once', async () => {
    const { userId, verifiedEmails } = notifications.neighbours.user({ verifiedEmails: [anAddress(), anAddress()] });
    const event = makeAccessEvent(passwordChanged, { subject: userId, data: { by: 'user' } });
    const handlers = [notifications.app, replica.app].map((app) => app.get(TellEvents));
    const handlings = Array.from({ length: 5 }, () => handlers.map(async (handler) => handler.apply([event])));
    const outcomes = await Promise.all(handlings.flat());
    expect(outcomes.filter(({ duplicates }) => duplicates === 0)).toHaveLength(1);
    for (const address of verifiedEmails) await arrival(address);
    const { rows } = await notifications.database.query('SELECT 1 FROM mails WHERE request_id = $1', [event.requestid]);
    expect(rows).toHaveLength(2);
  });

  it('comes in the user’s language, with the time, the device and the address', async () => {
    const { userId, primaryEmail } = notifications.neighbours.user({ locale: 'pt' });
    const data = { address: '203.0.113.7', device: 'Firefox on Linux' };
    await notifications.events.publish(signedInFromNewPlace, { subject: userId, data });
    const { subject, text = '' } = await arrival(primaryEmail);
    expect(subject).toBe('Acesso de um novo local ou dispositivo');
    expect(text.replaceAll('\u00a0', ' ')).toContain('Quando: 1 de março de 2026 às 12:00 UTC');
    expect(text).toContain('Dispositivo: Firefox em Linux\nEndereço: 203.0.113.7');
  });

  it('tells every verified address of new recovery codes', async () => {
    const { userId, verifiedEmails } = notifications.neighbours.user({ verifiedEmails: [anAddress(), anAddress()] });
    await notifications.events.publish(recoveryCodesRenewed, { subject: userId, data: {} });
    for (const address of verifiedEmails) expect((await arrival(address)).subject).toBe('You have new recovery codes');
  });

  it('says who reset the two-factor authentication', async () => {
    const { userId, primaryEmail } = notifications.neighbours.user();
    await notifications.events.publish(twoFactorDisabled, { subject: userId, data: { by: 'operator' } });
    expect((await arrival(primaryEmail)).text).toContain('Platform staff turned off the two-factor authentication');
  });

  it('is not told of the only address, at the sign-up, but of a further one', async () => {
    const lonely = notifications.neighbours.user();
    const first = await notifications.events.publish(emailVerified, {
      subject: lonely.userId,
      data: { emailId: uuidv7() },
    });
    const { userId, verifiedEmails } = notifications.neighbours.user({ verifiedEmails: [anAddress(), anAddress()] });
    await notifications.events.publish(emailVerified, { subject: userId, data: { emailId: uuidv7() } });
    for (const address of verifiedEmails) await arrival(address);
    await handled(first);
    expect(arrived(lonely.primaryEmail)).toEqual([]);
  });

  it('comes to nobody who has no verified address', async () => {
    const { userId, primaryEmail } = notifications.neighbours.user({ verifiedEmails: [] });
    await handled(await notifications.events.publish(passwordChanged, { subject: userId, data: { by: 'user' } }));
    expect(arrived(primaryEmail)).toEqual([]);
  });
});

describe('what concerns an account', () => {
  it('is mailed to its owners, at their primary addresses', async () => {
    const [ada, grace] = [
      notifications.neighbours.user({ verifiedEmails: [anAddress(), anAddress()] }),
      notifications.neighbours.user({ locale: 'pt' }),
    ];
    const accountid = notifications.neighbours.account(ada, grace);
    const data = { module: 'login_tokens' as const, modules: [], changes: [] };
    await notifications.events.publish(moduleDisabled, { subject: accountid, accountid, data });
    expect((await arrival(ada.primaryEmail)).subject).toBe('A module was turned off for Acme');
    expect((await arrival(grace.primaryEmail)).subject).toBe('Um módulo foi desativado para Acme');
    expect(arrived(ada.verifiedEmails[1] ?? '')).toEqual([]);
  });

  it('reminds of a login token that expires', async () => {
    const owner = notifications.neighbours.user();
    const accountid = notifications.neighbours.account(owner);
    const data = { name: 'Front desk', expiresAt: '2026-03-02T12:00:00.000Z', daysLeft: 1 as const };
    await notifications.events.publish(loginTokenExpiring, { accountid, data });
    const { subject, text = '' } = await arrival(owner.primaryEmail);
    expect(subject).toBe('“Front desk” expires in 1 day');
    expect(text.replaceAll('\u00a0', ' ')).toContain('Expires: 2 March 2026 at 12:00 UTC');
  });

  it('warns of an access key that is used from a new place', async () => {
    const owner = notifications.neighbours.user();
    const accountid = notifications.neighbours.account(owner);
    const data = { name: 'Nightly export', address: '203.0.113.7' };
    await notifications.events.publish(accessKeyUsedFromNewPlace, { accountid, data });
    expect((await arrival(owner.primaryEmail)).text).toContain('Address: 203.0.113.7');
  });

  it('is not told of an account that is gone, of which nothing is kept', async () => {
    const owner = notifications.neighbours.user();
    const accountid = notifications.neighbours.account(owner);
    const data = { module: 'login_tokens' as const, modules: [], changes: [] };
    await notifications.events.publish(moduleDisabled, { subject: accountid, accountid, data });
    await arrival(owner.primaryEmail);
    await notifications.events.publish(accountPurged, { subject: accountid, accountid, data: { name: 'Acme' } });
    await notifications.until('SELECT 1 WHERE NOT EXISTS (SELECT FROM mails WHERE account_id = $1)', [accountid]);
    const unknown = uuidv7();
    await handled(await notifications.events.publish(moduleDisabled, { subject: unknown, accountid: unknown, data }));
  });
});

describe('what concerns a membership', () => {
  it('is mailed to the member, naming who did it', async () => {
    const [member, owner] = [notifications.neighbours.user(), notifications.neighbours.user({ name: 'Grace Hopper' })];
    const accountid = notifications.neighbours.account(owner);
    const data = { userId: member.userId, ...place(accountid), role: 'viewer' as const, changes: [] };
    await notifications.events.publish(membershipGranted, { accountid, actor: `user:${owner.userId}`, data });
    expect((await arrival(member.primaryEmail)).text).toContain('Grace Hopper made you viewer of Acme.');
  });

  it('is not told those who did it themselves', async () => {
    const member = notifications.neighbours.user();
    const accountid = notifications.neighbours.account();
    const data = { userId: member.userId, ...place(accountid), role: 'viewer' as const, changes: [] };
    const left = { ...data, lastInAccount: true };
    const actor = `user:${member.userId}`;
    await handled(await notifications.events.publish(membershipGranted, { accountid, actor, data }));
    await handled(await notifications.events.publish(membershipRemoved, { accountid, actor, data: left }));
    expect(arrived(member.primaryEmail)).toEqual([]);
  });

  it('as an invitation is accepted, is mailed to whoever invited', async () => {
    const [inviter, member] = [
      notifications.neighbours.user(),
      notifications.neighbours.user({ name: 'Grace Hopper' }),
    ];
    const accountid = notifications.neighbours.account(inviter);
    const { userId } = member;
    const invited = { ...place(accountid), role: 'manager' as const, membershipId: uuidv7() };
    const data = { ...invited, userId, invitedBy: { id: inviter.userId } };
    await notifications.events.publish(invitationAccepted, { accountid, actor: `user:${userId}`, data });
    expect((await arrival(inviter.primaryEmail)).subject).toBe('Grace Hopper accepted your invitation');
    expect(arrived(member.primaryEmail)).toEqual([]);
  });
});

describe('while identity or tenancy is away', () => {
  it('events wait, and none is lost', async () => {
    notifications.neighbours.away = true;
    const owner = notifications.neighbours.user();
    const accountid = notifications.neighbours.account(owner);
    const data = { module: 'login_tokens' as const, modules: [], changes: [] };
    await notifications.events.publish(moduleDisabled, { subject: accountid, accountid, data });
    await notifications.events.publish(passwordChanged, { subject: owner.userId, data: { by: 'user' } });
    notifications.neighbours.away = false;
    await notifications.mailbox.waitFor(() => arrived(owner.primaryEmail).length === 2, SOON);
    const subjects = arrived(owner.primaryEmail).map(({ subject }) => subject);
    expect(new Set(subjects)).toEqual(new Set(['A module was turned off for Acme', 'Your password was changed']));
  });
});

it('no table shows an address or a name', async () => {
  const { userId, primaryEmail } = notifications.neighbours.user({ name: 'Somebody Unique' });
  notifications.mailbox.rejectWith(451);
  await handled(await notifications.events.publish(passwordChanged, { subject: userId, data: { by: 'user' } }));
  const { rows } = await notifications.database.query<{ row: string }>('SELECT mails::text AS row FROM mails');
  expect(rows.filter(({ row }) => row.includes(primaryEmail) || row.includes('Somebody Unique'))).toEqual([]);
  notifications.mailbox.rejectWith(null);
});
