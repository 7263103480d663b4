import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import type { AccessEvent } from '@valetkey/access-events';
import {
  type AccessEventDefinition,
  partnerUserAuthorized,
  partnerUserChanged,
  partnerUserRevoked,
} from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { startNotifications, type TestNotifications } from '../../test/start-notifications.ts';
import { TellEvents } from './tell-events.ts';

const SOON = { timeoutMs: 10_000 };
let notifications: TestNotifications;

beforeAll(async () => {
  notifications = await startNotifications();
  await notifications.startReplica();
});
afterAll(async () => notifications.stop());

type User = ReturnType<TestNotifications['neighbours']['user']>;
const arrival = async (to: string) => notifications.mailbox.waitFor(({ envelope }) => envelope.to.includes(to), SOON);
const arrived = (to: string) => notifications.mailbox.messages().filter(({ envelope }) => envelope.to.includes(to));

const harbour = { id: uuidv7(), name: 'Harbour Works' };
const byHarbour = `account:${harbour.id}`;
const facts = {
  side: 'client' as const,
  accountName: 'Acme',
  counterpart: harbour,
  partnershipId: uuidv7(),
  user: { id: uuidv7(), name: 'Charles Babbage' },
  permissions: ['devices.view'],
  changes: [{ field: 'permissions', from: ['devices.manage', 'devices.view'], to: ['devices.view'] }],
};

function anAccount(): { owner: User; accountid: string } {
  const owner = notifications.neighbours.user();
  return { owner, accountid: notifications.neighbours.account(owner) };
}

/** Events of one step, one a user, given straight to who tells them. */
async function applied(
  definition: AccessEventDefinition,
  accountid: string,
  { actor = byHarbour, users, ...change }: { actor?: string; users: number; side?: 'provider'; numbered?: boolean },
): Promise<AccessEvent[]> {
  const { side = facts.side, numbered = true } = change;
  const events = Array.from({ length: users }, (_, index) => {
    const batch = numbered ? { number: index + 1, of: users } : undefined;
    return { ...makeAccessEvent(definition, { accountid, data: { ...facts, side, batch } }), actor };
  });
  await notifications.app.get(TellEvents).apply(events);
  return events;
}

const mailsOf = async (accountid: string) =>
  (await notifications.database.query('SELECT 1 FROM mails WHERE account_id = $1', [accountid])).rows.length;

const steps: [string, AccessEventDefinition, string][] = [
  ['authorized', partnerUserAuthorized, 'Harbour Works authorized Charles Babbage for Acme'],
  ['changed', partnerUserChanged, 'Harbour Works changed what Charles Babbage may do in Acme'],
  ['revoked', partnerUserRevoked, 'Access to Acme ended for Charles Babbage'],
];

describe('what a provider does for its users', () => {
  it.each(steps)('is mailed to the client’s owners, once: %s', async (_step, definition, subject) => {
    const { owner, accountid } = anAccount();
    const event = await notifications.events.publish(definition, { accountid, actor: byHarbour, data: facts });
    expect((await arrival(owner.primaryEmail)).subject).toBe(subject);
    await notifications.events.again(definition, event, `again-${event.id}`);
    const next = anAccount();
    await notifications.events.publish(definition, { accountid: next.accountid, actor: byHarbour, data: facts });
    await arrival(next.owner.primaryEmail);
    expect(arrived(owner.primaryEmail)).toHaveLength(1);
  });

  it('for many at once is one mail, which says how many', async () => {
    const { owner, accountid } = anAccount();
    await applied(partnerUserAuthorized, accountid, { users: 100 });
    const { subject, text } = await arrival(owner.primaryEmail);
    expect(subject).toBe('Harbour Works authorized Charles Babbage and 99 other users for Acme');
    expect(text).toContain('Permissions: devices.view');
    expect(await mailsOf(accountid)).toBe(1);
  });

  it('for two is told as such', async () => {
    const { owner, accountid } = anAccount();
    await applied(partnerUserRevoked, accountid, { users: 2 });
    expect((await arrival(owner.primaryEmail)).subject).toBe(
      'Access to Acme ended for Charles Babbage and one other user',
    );
  });
});

const causes: [string, AccessEventDefinition, { actor?: string; side?: 'provider' }][] = [
  ['from the client’s own ceiling', partnerUserChanged, { actor: `user:${uuidv7()}` }],
  ['from the client’s own ceiling, as tenancy works it off', partnerUserChanged, { actor: 'service:tenancy' }],
  ['from the client’s ceiling, for the provider', partnerUserChanged, { side: 'provider' }],
  ['from the end of a partnership', partnerUserRevoked, { actor: 'service:tenancy' }],
  ['from the end of a partnership, for the provider', partnerUserRevoked, { side: 'provider' }],
  ['from the provider’s own doing', partnerUserAuthorized, { side: 'provider', actor: `user:${uuidv7()}` }],
];

describe('what follows for each user', () => {
  it.each(causes)('is mailed to nobody: %s', async (_cause, definition, change) => {
    const { accountid } = anAccount();
    await applied(definition, accountid, { users: 50, numbered: false, ...change });
    expect(await mailsOf(accountid)).toBe(0);
  });
});
