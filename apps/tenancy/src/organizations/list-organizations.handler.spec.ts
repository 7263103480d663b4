import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, getOrganization, listOrganizations } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { type Member, Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tenant: Tenant;
let [north, south, foreign] = ['', '', ''];
let ofGroup: Member;
let ofOrganization: Member;

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tenant = await tenancy.openAccount();
  const { accountId } = tenant;
  const groupId = await tenancy.makeGroup(accountId, 'Branches');
  north = await tenancy.makeOrganization(accountId, { name: 'North branch', groupId });
  south = await tenancy.makeOrganization(accountId, { name: 'South' });
  foreign = await tenancy.makeOrganization((await tenancy.openAccount()).accountId);
  ofGroup = await tenancy.join(accountId, { type: 'group', id: groupId }, 'viewer');
  ofOrganization = await tenancy.join(accountId, { type: 'organization', id: south }, 'manager');
});

afterAll(async () => {
  await tenancy.stop();
});

async function seen(caller: Caller, query?: string): Promise<string[]> {
  const { items } = await tenancy.ask(listOrganizations, { accountId: tenant.accountId, query }, caller);
  return items.map(({ id }) => id);
}

describe('the organizations that one sees', () => {
  it('are all of the account for its member, newest first', async () => {
    expect(await seen(tenant.owner)).toEqual([south, north]);
  });

  it('are the group’s for a member of the group', async () => {
    expect(await seen(ofGroup.caller)).toEqual([north]);
  });

  it('are the one of which one is a member', async () => {
    expect(await seen(ofOrganization.caller)).toEqual([south]);
  });

  it('are those of all memberships together', async () => {
    const grants = [...ofGroup.caller.grants, ...ofOrganization.caller.grants];
    expect(await seen({ ...ofGroup.caller, grants })).toEqual([south, north]);
  });

  it('are in a login token’s scope', async () => {
    const grants = [{ scope: { type: 'organization' as const, id: south }, role: 'viewer' as const }];
    expect(await seen(anyCaller({ kind: 'login_token', accountId: tenant.accountId, grants }))).toEqual([south]);
  });

  it('are found by part of the name, in any case', async () => {
    expect(await seen(tenant.owner, 'BRANCH')).toEqual([north]);
    expect(await seen(ofOrganization.caller, 'branch')).toEqual([]);
  });

  it('come page by page', async () => {
    const { accountId, owner } = tenant;
    const first = await tenancy.ask(listOrganizations, { accountId, limit: 1 }, owner);
    const second = await tenancy.ask(listOrganizations, { accountId, limit: 1, cursor: first.nextCursor ?? '' }, owner);
    expect([first.items[0]?.id, second.items[0]?.id, second.nextCursor]).toEqual([south, north, null]);
  });
});

describe('one organization', () => {
  it('is shown with its group and its revision', async () => {
    const { accountId, owner } = tenant;
    expect(await tenancy.ask(getOrganization, { accountId, organizationId: north }, owner)).toMatchObject({
      id: north,
      name: 'North branch',
      group: { name: 'Branches' },
      revision: 1,
    });
  });

  it('out of one’s scope is as unknown as another tenant’s', async () => {
    const { accountId } = tenant;
    for (const organizationId of [south, foreign, accountId, 'no-id']) {
      const asked = { accountId, organizationId };
      expect(await tenancy.refusal(getOrganization, asked, ofGroup.caller)).toBe('not_found');
    }
  });
});
