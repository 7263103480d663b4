import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { changeRole, createInvitation, leaveAccount, listInvitations, removeMembership } from '@valetkey/contracts';
import { type Member, Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tenant: Tenant;
let second: Member;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
afterAll(() => tenancy.stop());
beforeEach(async () => {
  tenant = await tenancy.openAccount();
  second = await tenancy.join(tenant.accountId, { type: 'account', id: tenant.accountId }, 'owner');
  await invite('vic@acme.example', 'owner');
  await invite('val@acme.example', 'viewer');
});

async function invite(email: string, role: 'owner' | 'viewer'): Promise<void> {
  const { accountId } = tenant;
  await tenancy.ask(
    createInvitation,
    { accountId, email, scope: { type: 'account', id: accountId }, role },
    second.caller,
  );
}

async function pending(): Promise<string[]> {
  const { accountId, owner } = tenant;
  const { items } = await tenancy.ask(listInvitations, { accountId, status: 'pending' }, owner);
  return items.map(({ email }) => email);
}

describe('The pending invitations of an owner', () => {
  it('go with them when they are removed', async () => {
    const { accountId, owner } = tenant;
    await tenancy.ask(removeMembership, { accountId, membershipId: second.membershipId }, owner);
    expect(await pending()).toEqual([]);
    const told = (await tenancy.eventsOf(accountId)).filter(({ type }) => type.includes('invitation.canceled'));
    expect(told).toHaveLength(2);
  });

  it('go with them when they leave', async () => {
    await tenancy.ask(leaveAccount, { accountId: tenant.accountId }, second.caller);
    expect(await pending()).toEqual([]);
  });

  it('stay as far as they could make them still when they are demoted', async () => {
    const { accountId, owner } = tenant;
    await tenancy.ask(changeRole, { accountId, membershipId: second.membershipId, role: 'manager' }, owner);
    expect(await pending()).toEqual(['val@acme.example']);
  });
});
