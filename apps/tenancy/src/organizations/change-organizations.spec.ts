import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  deleteOrganization,
  getOrganization,
  listMembers,
  listOrganizations,
  listScopedCredentials,
  OrganizationRevision,
  ReachChange,
  resolveAccess,
  type Role,
  updateAccountPolicy,
  updateOrganization,
} from '@valetkey/contracts';
import { type Member, Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tenant: Tenant;
let [north, south, pier] = ['', '', ''];
const key = { id: '0197c0de-0000-7000-8000-000000000001', name: 'CI' };

beforeAll(async () => {
  tenancy = await Tenancy.start({}, [{ contract: listScopedCredentials, answer: () => ({ keys: [key], tokens: [] }) }]);
});
afterAll(() => tenancy.stop());

/** An account with a pier in its group North, beside a group South. */
beforeEach(async () => {
  tenant = await tenancy.openAccount();
  north = await tenancy.makeGroup(tenant.accountId, 'North');
  south = await tenancy.makeGroup(tenant.accountId, 'South');
  pier = await tenancy.makeOrganization(tenant.accountId, { name: 'Pier', groupId: north });
});

const memberOf = (type: 'account' | 'group' | 'organization', id: string, role: Role, name?: string): Promise<Member> =>
  tenancy.join(tenant.accountId, { type, id }, role, name === undefined ? {} : { name });
const change = (more: object) => ({ accountId: tenant.accountId, organizationId: pier, ...more });

async function reaches(userId: string): Promise<boolean> {
  const standing = { accountId: tenant.accountId, organizationId: pier, holder: { userId } };
  const asked = { standings: [standing] };
  const answer = await tenancy.service.gateway.ask(resolveAccess, asked, tenancy.service.context());
  return 'decisions' in answer && answer.decisions[0]?.organization !== undefined;
}

describe('changing an organization', () => {
  it('renames it, tells it and shows a new revision', async () => {
    const { accountId, owner } = tenant;
    const changed = await tenancy.ask(updateOrganization, change({ name: 'Quay' }), owner);
    expect(changed).toMatchObject({ name: 'Quay', group: { id: north, name: 'North' }, revision: 2 });
    const [told] = (await tenancy.eventsOf(accountId)).filter(({ type }) => type.includes('organization.updated'));
    const changes = [{ field: 'name', from: 'Pier', to: 'Quay' }];
    expect(told).toMatchObject({ subject: pier, sequence: 2, data: { name: 'Quay', changes } });
  });

  it('that changes nothing tells nothing', async () => {
    const { accountId, owner } = tenant;
    const same = await tenancy.ask(updateOrganization, change({ name: 'Pier', groupId: north }), owner);
    expect(same).toMatchObject({ revision: 1 });
    const told = (await tenancy.eventsOf(accountId)).filter(({ type }) => type.includes('organization'));
    expect(told).toEqual([]);
  });

  it('is refused where the name is taken, or the revision is another', async () => {
    const { accountId, owner } = tenant;
    await tenancy.makeOrganization(accountId, { name: 'Quay' });
    expect(await tenancy.refusal(updateOrganization, change({ name: 'Quay' }), owner)).toBe('name_taken');
    const late = { ifMatch: '"7"' };
    expect(await tenancy.refusal(updateOrganization, change({ name: 'Dock' }), owner, late)).toBe(
      'precondition_failed',
    );
  });

  it('into a group of another account, or none there is, is refused', async () => {
    const other = await tenancy.openAccount('Other');
    const theirs = await tenancy.makeGroup(other.accountId);
    expect(await tenancy.refusal(updateOrganization, change({ groupId: theirs }), tenant.owner)).toBe('not_found');
    expect(await tenancy.refusal(updateOrganization, change({ groupId: null, name: 'X' }), other.owner)).toBe(
      'not_found',
    );
  });

  it('is for who manages it; who manages only inside does not move it', async () => {
    const inside = await memberOf('organization', pier, 'manager');
    const group = await memberOf('group', north, 'manager');
    const viewer = await memberOf('organization', pier, 'viewer');
    expect(await tenancy.refusal(updateOrganization, change({ name: 'One' }), inside.caller)).toBeUndefined();
    expect(await tenancy.refusal(updateOrganization, change({ name: 'Two' }), group.caller)).toBeUndefined();
    expect(await tenancy.refusal(updateOrganization, change({ groupId: south }), inside.caller)).toBe('forbidden');
    expect(await tenancy.refusal(updateOrganization, change({ groupId: south }), group.caller)).toBe('forbidden');
    expect(await tenancy.refusal(updateOrganization, change({ name: 'Three' }), viewer.caller)).toBe('forbidden');
  });

  it('by who manages another one only is refused as if it were not there', async () => {
    const elsewhere = await memberOf('group', south, 'manager');
    expect(await tenancy.refusal(updateOrganization, change({ name: 'Mine' }), elsewhere.caller)).toBe('not_found');
  });

  it('goes by what its caller holds now', async () => {
    const group = await memberOf('group', north, 'manager');
    await tenancy.sql('DELETE FROM memberships WHERE id = $1', [group.membershipId]);
    expect(await tenancy.refusal(updateOrganization, change({ name: 'Late' }), group.caller)).toBe('not_found');
  });
});

describe('moving an organization', () => {
  it('first says who would gain and lose it, and does nothing by that', async () => {
    await memberOf('group', north, 'manager', 'Nina');
    await memberOf('group', south, 'viewer', 'Sam');
    const foretold = await tenancy.ask(updateOrganization, change({ groupId: south, dryRun: true }), tenant.owner);
    expect(foretold).toMatchObject({
      gains: [{ user: { name: 'Sam' }, role: 'viewer' }],
      loses: [{ user: { name: 'Nina' }, role: 'manager' }],
      ends: { memberships: [], keys: [], tokens: [] },
    });
    const present = await tenancy.ask(getOrganization, change({}), tenant.owner);
    expect(present).toMatchObject({ group: { id: north }, revision: 1 });
  });

  it('then does just that', async () => {
    const nina = await memberOf('group', north, 'manager');
    const sam = await memberOf('group', south, 'viewer');
    expect([await reaches(nina.userId), await reaches(sam.userId)]).toEqual([true, false]);
    await tenancy.ask(updateOrganization, change({ groupId: south }), tenant.owner);
    expect([await reaches(nina.userId), await reaches(sam.userId)]).toEqual([false, true]);
    const moved = await tenancy.ask(updateOrganization, change({ groupId: null }), tenant.owner);
    expect(OrganizationRevision.parse(moved).group).toBeUndefined();
    expect([await reaches(nina.userId), await reaches(sam.userId)]).toEqual([false, false]);
  });

  it('a rename foretold changes nobody’s reach', async () => {
    await memberOf('group', north, 'manager');
    const foretold = await tenancy.ask(updateOrganization, change({ name: 'New', dryRun: true }), tenant.owner);
    expect(foretold).toEqual({ gains: [], loses: [], ends: { memberships: [], keys: [], tokens: [] } });
  });
});

describe('deleting an organization', () => {
  it('first lists what goes with it', async () => {
    const member = await memberOf('organization', pier, 'viewer', 'Olga');
    await memberOf('group', north, 'manager', 'Nina');
    const foretold = ReachChange.parse(await tenancy.ask(deleteOrganization, change({ dryRun: true }), tenant.owner));
    expect(foretold.loses.map(({ user, role }) => `${user.name} ${role}`).sort()).toEqual([
      'Nina manager',
      'Olga viewer',
    ]);
    expect(foretold.ends.memberships).toMatchObject([{ id: member.membershipId, scope: { name: 'Pier' } }]);
    expect(foretold.ends.keys).toEqual([key]);
    expect((await tenancy.ask(listOrganizations, { accountId: tenant.accountId }, tenant.owner)).items).toHaveLength(1);
  });

  it('ends its memberships and invitations, and tells each', async () => {
    const { accountId, owner } = tenant;
    const member = await memberOf('organization', pier, 'viewer');
    expect(await tenancy.ask(deleteOrganization, change({}), owner)).toEqual({});
    expect(await tenancy.refusal(getOrganization, change({}), owner)).toBe('not_found');
    const left = await tenancy.ask(listMembers, { accountId }, owner);
    expect(left.items.map(({ user }) => user.id)).toEqual([tenant.ownerId]);
    const told = (await tenancy.eventsOf(accountId)).slice(-2);
    expect(told).toMatchObject([
      { type: 'dev.valetkey.membership.removed.v1', subject: member.membershipId, data: { lastInAccount: true } },
      { type: 'dev.valetkey.organization.deleted.v1', subject: pier, sequence: 2, data: { name: 'Pier' } },
    ]);
  });

  it('is for owners, and for account managers where the policy says so', async () => {
    const { accountId, owner } = tenant;
    const manager = await memberOf('account', accountId, 'manager');
    expect(await tenancy.refusal(deleteOrganization, change({}), manager.caller)).toBe('forbidden');
    await tenancy.ask(updateAccountPolicy, { accountId, managersMayDelete: true }, owner);
    expect(await tenancy.refusal(deleteOrganization, change({}), manager.caller)).toBeUndefined();
    expect(await tenancy.refusal(deleteOrganization, change({}), owner)).toBe('not_found');
  });

  it('of another account is not there', async () => {
    const other = await tenancy.openAccount('Other');
    const asked = { accountId: other.accountId, organizationId: pier };
    expect(await tenancy.refusal(deleteOrganization, asked, other.owner)).toBe('not_found');
  });
});
