import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  authorizePartnerUsers,
  disablePartnerToken,
  getPartner,
  listPartnerUsers,
  updatePartner,
  updatePartnerUser,
} from '@valetkey/contracts';
import { partnershipActions, partnershipEvents } from '../../test/partnership-events.ts';
import { authorizeUser, makePartnership, openCompany } from '../../test/partnerships.ts';
import { cataloguePermissions } from '../../test/permissions.ts';
import { portalOf, Tenancy, type Tenant } from '../../test/tenancy.ts';

const all = ['devices.manage', 'devices.view', 'reports.view'];

let tenancy: Tenancy;
let provider: Tenant;
let client: Tenant;
let partnerId: string;

beforeAll(async () => {
  tenancy = await Tenancy.start();
  await cataloguePermissions(tenancy, ...all);
});
beforeEach(async () => {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  client = await openCompany(tenancy, 'client', 'Client');
  partnerId = await makePartnership(tenancy, provider, client, all);
});
afterAll(() => tenancy.stop());

const one = () => ({ accountId: client.accountId, partnerId });
const token = () => ({ accountId: provider.accountId, partnerTokenId: partnerId });
const set = (permissions: string[] | undefined, ifMatch?: string) =>
  tenancy.ask(updatePartner, { ...one(), permissions }, client.owner, { ifMatch });
const refusal = (permissions: string[], more?: { ifMatch: string }) =>
  tenancy.refusal(updatePartner, { ...one(), permissions }, client.owner, more);
const member = async () =>
  (await tenancy.join(provider.accountId, { type: 'account', id: provider.accountId }, 'viewer')).userId;
const granted = async (): Promise<Record<string, string[]>> => {
  const { items } = await tenancy.ask(listPartnerUsers, one(), client.owner);
  return Object.fromEntries(items.map(({ user, permissions }) => [user.id, permissions]));
};

describe('The ceiling', () => {
  it('is changed by the client, and both companies are told, each its own side', async () => {
    const changed = await set(['reports.view', 'devices.view']);
    expect(changed).toMatchObject({ permissions: ['devices.view', 'reports.view'], revision: 2 });
    expect(await tenancy.ask(getPartner, one(), client.owner)).toEqual(changed);
    const [theirs, mine] = [
      await partnershipEvents(tenancy, provider.accountId),
      await partnershipEvents(tenancy, client.accountId),
    ];
    const data = {
      permissions: ['devices.view', 'reports.view'],
      changes: [{ field: 'permissions', from: all, to: ['devices.view', 'reports.view'] }],
    };
    const type = 'dev.valetkey.partnership.ceiling-changed.v1';
    const ofProvider = { ...data, side: 'provider', counterpart: { id: client.accountId, name: 'Client' } };
    const ofClient = { ...data, side: 'client', counterpart: { id: provider.accountId, name: 'Provider' } };
    expect(theirs).toMatchObject([{ type, actor: `account:${client.accountId}`, sequence: 2, data: ofProvider }]);
    expect(mine).toMatchObject([{ type, actor: `user:${client.ownerId}`, sequence: 3, data: ofClient }]);
    expect(mine[0]?.correlationid).toBe(theirs[0]?.correlationid);
  });

  it('that is so already stays so, and nobody is told', async () => {
    expect(await set([...all].reverse())).toMatchObject({ permissions: all, revision: 1 });
    expect(await set(undefined)).toMatchObject({ permissions: all, revision: 1 });
    expect(await partnershipActions(tenancy, client.accountId)).toEqual([]);
  });

  it('narrowed, narrows every grant that is above it, for good: widening restores nothing', async () => {
    const [manager, viewer, reader] = [await member(), await member(), await member()];
    await authorizeUser(tenancy, partnerId, manager, ['devices.manage', 'devices.view']);
    await authorizeUser(tenancy, partnerId, viewer, ['devices.view']);
    await authorizeUser(tenancy, partnerId, reader, ['reports.view']);
    await set(['devices.view']);
    const narrowed = { [manager]: ['devices.view'], [viewer]: ['devices.view'], [reader]: [] };
    expect(await granted()).toEqual(narrowed);
    await set(all);
    expect(await granted()).toEqual(narrowed);
    const rows = await tenancy.sql(
      'SELECT user_id, version, narrowed_from FROM partner_users ORDER BY version, user_id',
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        { user_id: manager, version: 3, narrowed_from: ['devices.manage', 'devices.view'] },
        { user_id: viewer, version: 1, narrowed_from: null },
      ]),
    );
  });

  it('of nothing lets nobody do anything, and is still a partnership', async () => {
    const userId = await member();
    await authorizeUser(tenancy, partnerId, userId, all);
    expect(await set([])).toMatchObject({ status: 'active', permissions: [], users: 1 });
    expect(await granted()).toEqual({ [userId]: [] });
  });

  it('narrows no other partnership’s grants', async () => {
    const second = await openCompany(tenancy, 'partner', 'Second');
    const other = await makePartnership(tenancy, second, client, all);
    await authorizeUser(tenancy, other, second.ownerId, all);
    await set([]);
    const asked = { accountId: client.accountId, partnerId: other };
    expect((await tenancy.ask(listPartnerUsers, asked, client.owner)).items).toMatchObject([{ permissions: all }]);
  });

  it('is changed while the partnership is disabled', async () => {
    await tenancy.ask(disablePartnerToken, token(), provider.owner);
    expect(await set(['devices.view'])).toMatchObject({ status: 'disabled', permissions: ['devices.view'] });
  });

  it('is narrowed though the catalogue has lost what it holds', async () => {
    await tenancy.sql('UPDATE partnerships SET permissions = $2 WHERE id = $1', [partnerId, [...all, 'rooms.gone']]);
    expect(await set(['devices.view', 'rooms.gone'])).toMatchObject({ permissions: ['devices.view', 'rooms.gone'] });
    expect(await set(['devices.view'])).toMatchObject({ permissions: ['devices.view'] });
    expect(await refusal(['devices.view', 'rooms.gone'])).toBe('unknown_permission');
  });

  it('names only what is in the catalogue', async () => {
    expect(await refusal(['devices.fly'])).toBe('unknown_permission');
    expect(await refusal(['Devices'])).toBe('malformed');
  });

  it('is not changed by who has seen another', async () => {
    expect(await refusal([], { ifMatch: '"7"' })).toBe('precondition_failed');
    expect(await set([], '"1"')).toMatchObject({ revision: 2 });
    expect(await refusal(all, { ifMatch: '"1"' })).toBe('precondition_failed');
  });

  it('of a partnership that has ended stays', async () => {
    await tenancy.sql(`UPDATE partnerships SET status = 'revoked' WHERE id = $1`, [partnerId]);
    expect(await refusal([])).toBe('partnership_not_active');
  });

  it('is the client’s owner’s to change, and nobody else’s', async () => {
    const manager = { ...portalOf(client.ownerId, client.accountId, 'manager'), modules: ['client' as const] };
    expect(await tenancy.refusal(updatePartner, { ...one(), permissions: [] }, manager)).toBe('forbidden');
    const asked = { accountId: provider.accountId, partnerId, permissions: [] };
    const owner = { ...provider.owner, modules: ['client' as const] };
    expect(await tenancy.refusal(updatePartner, asked, owner)).toBe('not_found');
    const stranger = await openCompany(tenancy, 'client', 'Stranger');
    const theirs = { accountId: stranger.accountId, partnerId, permissions: [] };
    expect(await tenancy.refusal(updatePartner, theirs, stranger.owner)).toBe('not_found');
  });
});

describe('At once', () => {
  it('narrowing and granting never leave a grant above the ceiling', async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      partnerId = await makePartnership(tenancy, await reopen(), client, all);
      const present = await member();
      await authorizeUser(tenancy, partnerId, present, ['devices.view']);
      const [added, another] = [await member(), await member()];
      const grant = (userId: string) => ({ ...token(), userIds: [userId], permissions: all });
      const answers = await Promise.all([
        tenancy.refusal(authorizePartnerUsers, grant(added), provider.owner),
        refusal(['devices.view']),
        tenancy.refusal(authorizePartnerUsers, grant(another), provider.owner),
        tenancy.refusal(updatePartnerUser, { ...token(), userId: present, permissions: all }, provider.owner),
      ]);
      expect(answers[1]).toBeUndefined();
      for (const code of answers) expect([undefined, 'above_ceiling']).toContain(code);
      for (const permissions of Object.values(await granted())) expect(permissions).toEqual(['devices.view']);
    }
  });

  it('many changes come one after the other, and the last that is told is what stands', async () => {
    const ceilings = Array.from({ length: 12 }, (_, n) => all.slice(n % 3));
    await Promise.all(ceilings.map((permissions) => set(permissions)));
    const events = await partnershipEvents(tenancy, client.accountId);
    const { permissions, revision } = await tenancy.ask(getPartner, one(), client.owner);
    expect(events.at(-1)?.data).toMatchObject({ permissions });
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, n) => 3 + 2 * n));
    expect(revision).toBe(1 + events.length);
  });
});

/** A provider that has no partnership with the client yet. */
async function reopen(): Promise<Tenant> {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  return provider;
}
