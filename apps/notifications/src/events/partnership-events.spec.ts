import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessEvent } from '@valetkey/access-events';
import {
  type AccessEventDefinition,
  partnershipActivated,
  partnershipCeilingChanged,
  partnershipDeleted,
  partnershipDisabled,
  partnershipEnabled,
  partnershipLapsed,
  partnershipRevoked,
  partnershipTokenCreated,
  updateNotificationPreferences,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { startNotifications, type TestNotifications } from '../../test/start-notifications.ts';

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
const handled = async ({ id }: AccessEvent) => notifications.until('SELECT 1 FROM inbox WHERE event_id = $1', [id]);

const harbour = { id: uuidv7(), name: 'Harbour Works' };
const ofProvider = { side: 'provider' as const, accountName: 'Acme', counterpart: harbour };
const ofClient = { ...ofProvider, side: 'client' as const };
const ceiling = {
  ...ofProvider,
  permissions: ['devices.reboot', 'devices.view'],
  changes: [{ field: 'permissions', from: ['devices.manage', 'devices.view'], to: ['devices.reboot', 'devices.view'] }],
};

/** Tells an event in an account with one owner, as the other company's act or as that of somebody in the account. */
async function tell<D extends z.ZodType>(
  definition: AccessEventDefinition<D>,
  data: z.input<D>,
  actor = `account:${harbour.id}`,
): Promise<{ owner: User; event: AccessEvent }> {
  const owner = notifications.neighbours.user();
  const accountid = notifications.neighbours.account(owner);
  const event = await notifications.events.publish(definition, { accountid, actor, data });
  return { owner, event };
}

/** What the other did, as each side's own event tells it; at the end how the mail's subject goes on. */
const ofTheOther: [string, AccessEventDefinition, object, string][] = [
  [
    'activating',
    partnershipActivated,
    { ...ofProvider, permissions: ['devices.view'], changes: [] },
    'is now a client of Acme',
  ],
  ['changing the ceiling', partnershipCeilingChanged, ceiling, 'changed what users of Acme may do there'],
  ['revoking', partnershipRevoked, ofProvider, 'revoked its partnership with Acme'],
  ['disabling', partnershipDisabled, ofClient, 'suspended its partnership with Acme'],
  ['enabling', partnershipEnabled, ofClient, 'resumed its partnership with Acme'],
  ['deleting', partnershipDeleted, ofClient, 'ended its partnership with Acme'],
];

const ofOneself: [string, AccessEventDefinition, object][] = [
  ['activating', partnershipActivated, { ...ofClient, permissions: ['devices.view'], changes: [] }],
  ['changing the ceiling', partnershipCeilingChanged, { ...ceiling, side: 'client' as const }],
  ['revoking', partnershipRevoked, ofClient],
  ['disabling', partnershipDisabled, ofProvider],
  ['enabling', partnershipEnabled, ofProvider],
  ['deleting', partnershipDeleted, ofProvider],
  ['deleting what nobody took up', partnershipDeleted, { side: 'provider', accountName: 'Acme' }],
  ['making a token', partnershipTokenCreated, { side: 'provider', accountName: 'Acme' }],
];

describe('a step of the other company in a partnership', () => {
  it.each(ofTheOther)('is mailed to the owners: %s', async (_step, definition, data, subject) => {
    const { owner, event } = await tell(definition, data);
    expect((await arrival(owner.primaryEmail)).subject).toBe(`Harbour Works ${subject}`);
    await notifications.events.again(definition, event, `again-${event.id}`);
    const next = await tell(definition, data);
    await arrival(next.owner.primaryEmail);
    expect(arrived(owner.primaryEmail)).toHaveLength(1);
  });

  it.each(ofOneself)('is not, when it is one’s own: %s', async (_step, definition, data) => {
    const { owner, event } = await tell(definition, data, `user:${uuidv7()}`);
    await handled(event);
    expect(arrived(owner.primaryEmail)).toEqual([]);
  });

  it('says which permissions were added and which taken away', async () => {
    const { owner } = await tell(partnershipCeilingChanged, ceiling);
    const { text } = await arrival(owner.primaryEmail);
    expect(text).toContain('Permissions now: devices.reboot, devices.view');
    expect(text).toContain('Added: devices.reboot\nTaken away: devices.manage');
  });

  it('says so when nothing is allowed any more', async () => {
    const changes = [{ field: 'permissions', from: ['devices.view'], to: [] }];
    const { owner } = await tell(partnershipCeilingChanged, { ...ofProvider, permissions: [], changes });
    expect((await arrival(owner.primaryEmail)).text).toContain('Permissions now: none');
  });

  it('is mailed to every owner in their language, and to nobody who does not want it', async () => {
    const [ada, grace] = [notifications.neighbours.user({ locale: 'pt' }), notifications.neighbours.user()];
    const caller = anyCaller({ subject: { type: 'user', id: grace.userId, name: 'Grace' } });
    const wanted = { partnerships: 'off' as const };
    await notifications.gateway.ask(updateNotificationPreferences, wanted, notifications.context(caller));
    const accountid = notifications.neighbours.account(ada, grace);
    const actor = `account:${harbour.id}`;
    const event = await notifications.events.publish(partnershipRevoked, { accountid, actor, data: ofProvider });
    expect((await arrival(ada.primaryEmail)).subject).toBe('Harbour Works revogou a parceria com Acme');
    await handled(event);
    expect(arrived(grace.primaryEmail)).toEqual([]);
  });
});

it('A partner token that lapses is told the owners who made it, with whom it was for', async () => {
  const data = { side: 'provider' as const, accountName: 'Acme', clientName: 'Harbour' };
  const { owner } = await tell(partnershipLapsed, data, 'service:tenancy');
  expect((await arrival(owner.primaryEmail)).text).toContain('the partner token that Acme made for Harbour within');
  const unnamed = await tell(partnershipLapsed, { ...data, clientName: undefined }, 'service:tenancy');
  expect((await arrival(unnamed.owner.primaryEmail)).text).toContain('the partner token that Acme made within');
});
