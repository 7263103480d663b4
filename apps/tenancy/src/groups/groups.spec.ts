import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createGroup,
  createOrganization,
  deleteGroup,
  getGroup,
  getOrganization,
  listGroups,
  listScopedCredentials,
  ReachChange,
  updateGroup,
} from '@valetkey/contracts';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tenant: Tenant;

beforeAll(async () => {
  tenancy = await Tenancy.start({}, [{ contract: listScopedCredentials, answer: () => ({ keys: [], tokens: [] }) }]);
});
afterAll(() => tenancy.stop());
beforeEach(async () => {
  tenant = await tenancy.openAccount();
});

const make = (name: string) => tenancy.ask(createGroup, { accountId: tenant.accountId, name }, tenant.owner);
const one = (groupId: string, more: object = {}) => ({ accountId: tenant.accountId, groupId, ...more });
const names = ({ items }: { items: { name: string }[] }) => items.map(({ name }) => name);

describe('a group', () => {
  it('is made, renamed and told', async () => {
    const { accountId, owner } = tenant;
    const { id } = await make('North');
    expect(await tenancy.ask(updateGroup, one(id, { name: 'Nord' }), owner)).toMatchObject({
      name: 'Nord',
      revision: 2,
    });
    const told = (await tenancy.eventsOf(accountId)).filter(({ subject }) => subject === id);
    expect(told).toMatchObject([
      { type: 'dev.valetkey.group.created.v1', sequence: 1, data: { name: 'North' } },
      { type: 'dev.valetkey.group.updated.v1', sequence: 2, data: { changes: [{ from: 'North', to: 'Nord' }] } },
    ]);
  });

  it('has a name of its own in the account', async () => {
    const { id } = await make('North');
    await make('South');
    expect(await tenancy.refusal(createGroup, { accountId: tenant.accountId, name: 'North' }, tenant.owner)).toBe(
      'name_taken',
    );
    expect(await tenancy.refusal(updateGroup, one(id, { name: 'South' }), tenant.owner)).toBe('name_taken');
    expect(await tenancy.refusal(updateGroup, one(id, { name: 'North' }), tenant.owner)).toBeUndefined();
    expect(await tenancy.ask(updateGroup, one(id), tenant.owner)).toMatchObject({ name: 'North', revision: 1 });
  });

  it('counts its organizations', async () => {
    const { accountId, owner } = tenant;
    const { id } = await make('North');
    const made = await tenancy.ask(createOrganization, { accountId, name: 'Pier', groupId: id }, owner);
    expect(made).toMatchObject({ group: { id, name: 'North' } });
    expect(await tenancy.ask(getGroup, one(id), owner)).toMatchObject({ organizations: 1 });
    const nowhere = { accountId, name: 'Quay', groupId: accountId };
    expect(await tenancy.refusal(createOrganization, nowhere, owner)).toBe('not_found');
  });

  it('of another account is not there', async () => {
    const { id } = await make('North');
    const other = await tenancy.openAccount('Other');
    const asked = { accountId: other.accountId, groupId: id };
    expect(await tenancy.refusal(getGroup, asked, other.owner)).toBe('not_found');
    expect(await tenancy.refusal(updateGroup, { ...asked, name: 'X' }, other.owner)).toBe('not_found');
    expect(await tenancy.refusal(deleteGroup, asked, other.owner)).toBe('not_found');
  });
});

describe('the list of groups', () => {
  it('is paged, newest first, and searched by a part of the name', async () => {
    const { accountId, owner } = tenant;
    for (const name of ['North', 'South', 'Northeast']) {
      await make(name);
      tenancy.service.clock.advance(1);
    }
    const first = await tenancy.ask(listGroups, { accountId, limit: 2 }, owner);
    expect(names(first)).toEqual(['Northeast', 'South']);
    const rest = await tenancy.ask(listGroups, { accountId, limit: 2, cursor: first.nextCursor ?? '' }, owner);
    expect(names(rest)).toEqual(['North']);
    expect(names(await tenancy.ask(listGroups, { accountId, query: 'NORTH' }, owner))).toEqual(['Northeast', 'North']);
    expect(names(await tenancy.ask(listGroups, { accountId, query: '%' }, owner))).toEqual([]);
  });

  it('has for others what they reach: their groups, and those of their organizations without the rest of them', async () => {
    const { accountId } = tenant;
    const [mine, theirs] = [await tenancy.makeGroup(accountId, 'Mine'), await tenancy.makeGroup(accountId, 'Theirs')];
    const pier = await tenancy.makeOrganization(accountId, { groupId: theirs });
    await tenancy.makeOrganization(accountId, { groupId: theirs });
    const manager = await tenancy.join(accountId, { type: 'group', id: mine }, 'manager');
    const inside = await tenancy.join(accountId, { type: 'organization', id: pier }, 'viewer');
    expect(names(await tenancy.ask(listGroups, { accountId }, manager.caller))).toEqual(['Mine']);
    const seen = await tenancy.ask(listGroups, { accountId }, inside.caller);
    expect(seen.items).toMatchObject([{ name: 'Theirs', organizations: 1 }]);
    expect(await tenancy.refusal(getGroup, one(mine), inside.caller)).toBe('not_found');
  });
});

describe('deleting a group', () => {
  it('first says who loses what, then ends its memberships and keeps its organizations', async () => {
    const { accountId, owner } = tenant;
    const { id } = await make('North');
    const pier = await tenancy.makeOrganization(accountId, { name: 'Pier', groupId: id });
    const nina = await tenancy.join(accountId, { type: 'group', id }, 'manager', { name: 'Nina' });
    const foretold = ReachChange.parse(await tenancy.ask(deleteGroup, one(id, { dryRun: true }), owner));
    expect(foretold).toMatchObject({
      loses: [{ user: { name: 'Nina' }, role: 'manager' }],
      ends: { memberships: [{ id: nina.membershipId }] },
    });
    expect(await tenancy.ask(getGroup, one(id), owner)).toMatchObject({ name: 'North' });

    await tenancy.ask(deleteGroup, one(id), owner);
    expect(await tenancy.refusal(getGroup, one(id), owner)).toBe('not_found');
    const kept = await tenancy.ask(getOrganization, { accountId, organizationId: pier }, owner);
    expect(kept).toMatchObject({ name: 'Pier', revision: 2 });
    expect(kept).not.toHaveProperty('group');
    const told = (await tenancy.eventsOf(accountId)).slice(-3).map(({ type }) => type);
    expect(told).toEqual([
      'dev.valetkey.membership.removed.v1',
      'dev.valetkey.organization.updated.v1',
      'dev.valetkey.group.deleted.v1',
    ]);
  });

  it('is for owners alone unless the policy says otherwise', async () => {
    const { accountId } = tenant;
    const { id } = await make('North');
    for (const role of ['manager', 'viewer', 'supporter'] as const) {
      const { caller } = await tenancy.join(accountId, { type: 'account', id: accountId }, role);
      expect(await tenancy.refusal(deleteGroup, one(id), caller)).toBe('forbidden');
    }
  });
});
