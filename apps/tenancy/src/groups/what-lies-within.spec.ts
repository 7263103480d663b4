import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createInvitation,
  deleteOrganization,
  listInvitations,
  listMembers,
  listScopedCredentials,
  updateOrganization,
} from '@valetkey/contracts';
import { type Member, Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tenant: Tenant;
let [north, south, pier] = ['', '', ''];
let ofNorth: Member;
let ofSouth: Member;
let ofPier: Member;
let invited = '';

beforeAll(async () => {
  tenancy = await Tenancy.start({}, [{ contract: listScopedCredentials, answer: () => ({ keys: [], tokens: [] }) }]);
});
afterAll(() => tenancy.stop());

/** A pier in North, with a member and an invitation. */
beforeEach(async () => {
  tenant = await tenancy.openAccount();
  const { accountId } = tenant;
  north = await tenancy.makeGroup(accountId, 'North');
  south = await tenancy.makeGroup(accountId, 'South');
  pier = await tenancy.makeOrganization(accountId, { name: 'Pier', groupId: north });
  ofNorth = await tenancy.join(accountId, { type: 'group', id: north }, 'manager');
  ofSouth = await tenancy.join(accountId, { type: 'group', id: south }, 'manager');
  ofPier = await tenancy.join(accountId, { type: 'organization', id: pier }, 'viewer');
  const scope = { type: 'organization' as const, id: pier };
  const asked = { accountId, email: 'ada@pier.example', scope, role: 'viewer' as const };
  invited = (await tenancy.ask(createInvitation, asked, tenant.owner)).id;
});

async function seenBy({ caller, userId }: Member) {
  const { accountId } = tenant;
  const members = await tenancy.ask(listMembers, { accountId }, caller);
  const invitations = await tenancy.ask(listInvitations, { accountId }, caller);
  return {
    members: members.items.map(({ user }) => user.id).filter((id) => id !== userId),
    invitations: invitations.items.map(({ id }) => id),
  };
}

const nothing = { members: [], invitations: [] };
const move = (groupId: string | null) =>
  tenancy.ask(updateOrganization, { accountId: tenant.accountId, organizationId: pier, groupId }, tenant.owner);

describe('A group’s manager sees members and invitations of its organizations', () => {
  it('from the day that they are there', async () => {
    expect(await seenBy(ofNorth)).toEqual({ members: [ofPier.userId], invitations: [invited] });
    expect(await seenBy(ofSouth)).toEqual(nothing);
  });

  it('until the organization moves to another group, which has them then', async () => {
    await move(south);
    expect(await seenBy(ofNorth)).toEqual(nothing);
    expect(await seenBy(ofSouth)).toEqual({ members: [ofPier.userId], invitations: [invited] });
  });

  it('until the organization leaves, and when it comes back', async () => {
    await move(null);
    expect(await seenBy(ofNorth)).toEqual(nothing);
    await move(north);
    expect(await seenBy(ofNorth)).toEqual({ members: [ofPier.userId], invitations: [invited] });
  });

  it('until the organization is deleted', async () => {
    await tenancy.ask(deleteOrganization, { accountId: tenant.accountId, organizationId: pier }, tenant.owner);
    expect(await seenBy(ofNorth)).toEqual(nothing);
  });

  it('once, who is a member of the organization as well', async () => {
    const grants = [...ofNorth.caller.grants, ...ofPier.caller.grants];
    const { members, invitations } = await seenBy({ ...ofNorth, caller: { ...ofNorth.caller, grants } });
    expect({ members, invitations }).toEqual({ members: [ofPier.userId], invitations: [invited] });
  });
});
