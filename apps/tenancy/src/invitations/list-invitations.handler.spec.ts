import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, createInvitation, listInvitations, type Scope } from '@valetkey/contracts';
import { type Member, Tenancy, type Tenant } from '../../test/tenancy.ts';

const DAY_MS = 24 * 3_600_000;

let tenancy: Tenancy;
let tenant: Tenant;
let ofGroup: Member;
/** Three invitations: two have expired, the last is pending. */
let [whole, old, fresh] = ['', '', ''];

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tenant = await tenancy.openAccount();
  const { accountId } = tenant;
  const group: Scope = { type: 'group', id: await tenancy.makeGroup(accountId) };
  const unit: Scope = { type: 'organization', id: await tenancy.makeOrganization(accountId, { groupId: group.id }) };
  whole = await invite('ada@one.example', { type: 'account', id: accountId });
  old = await invite('bob@two.example', unit);
  tenancy.service.clock.advance(7 * DAY_MS);
  fresh = await invite('cyd_1@two.example', group);
  ofGroup = await tenancy.join(accountId, group, 'viewer');
});

afterAll(async () => {
  await tenancy.stop();
});

async function invite(email: string, scope: Scope): Promise<string> {
  tenancy.service.clock.advance(1);
  const asked = { accountId: tenant.accountId, email, scope, role: 'viewer' as const };
  return (await tenancy.ask(createInvitation, asked, tenant.owner)).id;
}

async function seen(filter: Omit<AskOf<typeof listInvitations>, 'accountId'>, caller = tenant.owner) {
  const { items } = await tenancy.ask(listInvitations, { accountId: tenant.accountId, ...filter }, caller);
  return items.map(({ id }) => id);
}

describe('the list of invitations', () => {
  it('has the newest first, page by page', async () => {
    expect(await seen({})).toEqual([fresh, old, whole]);
    const page = await tenancy.ask(listInvitations, { accountId: tenant.accountId, limit: 2 }, tenant.owner);
    expect(page.items.map(({ id }) => id)).toEqual([fresh, old]);
    expect(await seen({ cursor: page.nextCursor ?? '' })).toEqual([whole]);
  });

  it('is filtered by status, as it is shown', async () => {
    expect(await seen({ status: 'pending' })).toEqual([fresh]);
    expect(await seen({ status: 'expired' })).toEqual([old, whole]);
    expect(await seen({ status: 'accepted' })).toEqual([]);
  });

  it('is searched by part of the address, in any case', async () => {
    expect(await seen({ query: 'TWO.ex' })).toEqual([fresh, old]);
    expect(await seen({ query: 'd_1' })).toEqual([fresh]);
    expect(await seen({ query: 'd_@' })).toEqual([]);
    expect(await seen({ query: 'two', status: 'expired' })).toEqual([old]);
  });

  it('is of one’s own scope: a group’s has those of its organizations too', async () => {
    expect(await seen({}, ofGroup.caller)).toEqual([fresh, old]);
  });

  it('is no other tenant’s', async () => {
    const other = await tenancy.openAccount();
    expect(await tenancy.refusal(listInvitations, { accountId: tenant.accountId }, other.owner)).toBe('not_found');
    const { items } = await tenancy.ask(listInvitations, { accountId: other.accountId }, other.owner);
    expect(items).toEqual([]);
  });
});
