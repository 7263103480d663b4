import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeRole, leaveAccount, listMembershipAccounts, removeMembership } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { type Member, portalOf, Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});

afterAll(async () => {
  await tenancy.stop();
});

const accountScope = (id: string) => ({ type: 'account', id }) as const;

interface Owner extends Pick<Member, 'caller' | 'userId'> {
  membershipId: string;
}

/** An account with two owners. */
async function twoOwners(): Promise<Tenant & { one: Owner; other: Owner }> {
  const tenant = await tenancy.openAccount();
  const [first] = await tenancy.sql('SELECT id FROM memberships WHERE account_id = $1', [tenant.accountId]);
  const one = { caller: tenant.owner, userId: tenant.ownerId, membershipId: String(first?.['id']) };
  const other = await tenancy.join(tenant.accountId, accountScope(tenant.accountId), 'owner');
  return { ...tenant, one, other };
}

async function ownersOf(accountId: string): Promise<unknown[]> {
  const text = `SELECT user_id FROM memberships WHERE account_id = $1 AND role = 'owner'`;
  return (await tenancy.sql(text, [accountId])).map(({ user_id: id }) => id);
}

describe('leaving an account', () => {
  it('ends all of one’s memberships there, the last one told as such', async () => {
    const { accountId } = await tenancy.openAccount();
    const { userId, caller } = await tenancy.join(accountId, accountScope(accountId), 'viewer');
    const organization = { type: 'organization', id: await tenancy.makeOrganization(accountId) } as const;
    await tenancy.join(accountId, organization, 'manager', { userId });
    expect(await tenancy.refusal(leaveAccount, { accountId }, caller)).toBe(undefined);
    const removed = (await tenancy.eventsOf(accountId)).filter(({ type }) => type.endsWith('.membership.removed.v1'));
    expect(removed).toMatchObject([
      { actor: `user:${userId}`, data: { userId, lastInAccount: false } },
      { actor: `user:${userId}`, data: { userId, lastInAccount: true } },
    ]);
    expect(await tenancy.refusal(leaveAccount, { accountId }, caller)).toBe('not_found');
  });

  it('is not for the last owner', async () => {
    const { accountId, one, other } = await twoOwners();
    expect(await tenancy.refusal(leaveAccount, { accountId }, one.caller)).toBe(undefined);
    expect(await tenancy.refusal(leaveAccount, { accountId }, other.caller)).toBe('last_owner');
    expect(await ownersOf(accountId)).toEqual([other.userId]);
  });

  it('leaves other accounts as they are', async () => {
    const [here, there] = [await tenancy.openAccount('Here'), await tenancy.openAccount('There')];
    const { userId, caller } = await tenancy.join(here.accountId, accountScope(here.accountId), 'viewer');
    await tenancy.join(there.accountId, accountScope(there.accountId), 'viewer', { userId });
    await tenancy.ask(leaveAccount, { accountId: here.accountId }, caller);
    const accounts = await tenancy.identity.ask(listMembershipAccounts, { userId }, tenancy.service.context());
    expect(accounts).toEqual({ accounts: [{ id: there.accountId, name: 'There' }] });
  });

  it('is done by the user, in a portal session', async () => {
    const { accountId } = await tenancy.openAccount();
    const { caller } = await tenancy.join(accountId, accountScope(accountId), 'viewer');
    const as = (kind: 'login_token' | 'access_link' | 'access_key') =>
      tenancy.refusal(leaveAccount, { accountId }, { ...caller, kind });
    expect(await as('access_key')).toBe('key_not_allowed');
    expect(await as('login_token')).toBe('portal_only');
    expect(await as('access_link')).toBe('link_session');
    expect(await tenancy.refusal(leaveAccount, { accountId }, anyCaller())).toBe('not_found');
  });
});

describe('at the same moment', () => {
  const rounds = Array.from({ length: 4 }, (_, round) => round);

  it.each(rounds)('two owners who demote each other leave one owner (%#)', async () => {
    const { accountId, one, other } = await twoOwners();
    const demote = (by: Owner, whom: Owner) =>
      tenancy.refusal(changeRole, { accountId, membershipId: whom.membershipId, role: 'viewer' }, by.caller);
    const refusals = await Promise.all([demote(one, other), demote(other, one)]);
    expect(refusals.toSorted()).toEqual(['forbidden', undefined]);
    expect(await ownersOf(accountId)).toEqual([refusals[0] === undefined ? one.userId : other.userId]);
  });

  it.each(rounds)('two owners who leave stay one owner (%#)', async () => {
    const { accountId, one, other } = await twoOwners();
    const leave = ({ caller }: Owner) => tenancy.refusal(leaveAccount, { accountId }, caller);
    const refusals = await Promise.all([leave(one), leave(other)]);
    expect(refusals.toSorted()).toEqual(['last_owner', undefined]);
    expect(await ownersOf(accountId)).toHaveLength(1);
  });

  it.each(rounds)('an owner who leaves and one who removes them leave one owner (%#)', async () => {
    const { accountId, one, other } = await twoOwners();
    const asked = { accountId, membershipId: other.membershipId };
    const [removed, left] = await Promise.all([
      tenancy.refusal(removeMembership, asked, one.caller),
      tenancy.refusal(leaveAccount, { accountId }, other.caller),
    ]);
    expect([removed, left].toSorted()).toEqual(['not_found', undefined]);
    expect(await ownersOf(accountId)).toEqual([one.userId]);
  });

  it.each(rounds)('an owner who leaves and is to remove the other leave one owner (%#)', async () => {
    const { accountId, one, other } = await twoOwners();
    const [removed, left] = await Promise.all([
      tenancy.refusal(removeMembership, { accountId, membershipId: other.membershipId }, one.caller),
      tenancy.refusal(leaveAccount, { accountId }, one.caller),
    ]);
    expect([[removed, left], await ownersOf(accountId)]).toEqual(
      left === undefined ? [['forbidden', undefined], [other.userId]] : [[undefined, 'last_owner'], [one.userId]],
    );
  });

  it('many who change one role change it one after another', async () => {
    const { accountId, owner } = await tenancy.openAccount();
    const { membershipId } = await tenancy.join(accountId, accountScope(accountId), 'viewer');
    const roles = (['manager', 'viewer', 'supporter', 'owner'] as const).flatMap((role) => [role, role, role]);
    await Promise.all(
      roles.map((role) =>
        tenancy.ask(changeRole, { accountId, membershipId, role }, portalOf(owner.subject.id, accountId, 'owner')),
      ),
    );
    const told = (await tenancy.eventsOf(accountId)).filter(({ subject }) => subject === membershipId);
    expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, index) => index + 1));
  });
});
