import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, type Caller, listMembers } from '@valetkey/contracts';
import { type Member, Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tenant: Tenant;
let inAccount: Member;
let inNorth: Member;
let inNorthUnit: Member;
let inSouth: Member;

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tenant = await tenancy.openAccount();
  const { accountId } = tenant;
  const north = await tenancy.makeGroup(accountId, 'North');
  const northUnit = await tenancy.makeOrganization(accountId, { name: 'North 1', groupId: north });
  const south = await tenancy.makeOrganization(accountId, { name: 'South' });
  const named = (name: string, email: string) => ({ name, email });
  inAccount = await tenancy.join(
    accountId,
    { type: 'account', id: accountId },
    'viewer',
    named('Vera 100%', 'vera@acme.example'),
  );
  inNorth = await tenancy.join(
    accountId,
    { type: 'group', id: north },
    'manager',
    named('Nora Ünal', 'nora@north.example'),
  );
  inNorthUnit = await tenancy.join(
    accountId,
    { type: 'organization', id: northUnit },
    'viewer',
    named('Nils', 'nils@north.example'),
  );
  inSouth = await tenancy.join(
    accountId,
    { type: 'organization', id: south },
    'manager',
    named("Sven O'Hara \\ Sons", 'sven@south.example'),
  );
});

afterAll(async () => {
  await tenancy.stop();
});

async function usersSeen(caller: Caller, asked: Omit<AskOf<typeof listMembers>, 'accountId'> = {}): Promise<string[]> {
  const { items } = await tenancy.ask(listMembers, { accountId: tenant.accountId, ...asked }, caller);
  return items.map(({ user }) => user.id);
}

describe('the members that one sees', () => {
  it('are all for a member of the account, newest first', async () => {
    const all = [inSouth, inNorthUnit, inNorth, inAccount].map(({ userId }) => userId);
    expect(await usersSeen(tenant.owner)).toEqual([...all, tenant.ownerId]);
    expect(await usersSeen(inAccount.caller)).toEqual([...all, tenant.ownerId]);
  });

  it('are those of the group and of its organizations for a member of the group', async () => {
    expect(await usersSeen(inNorth.caller)).toEqual([inNorthUnit.userId, inNorth.userId]);
  });

  it('are those of the organization for its member', async () => {
    expect(await usersSeen(inNorthUnit.caller)).toEqual([inNorthUnit.userId]);
  });

  it('are no other tenant’s', async () => {
    const other = await tenancy.openAccount();
    expect(await tenancy.refusal(listMembers, { accountId: tenant.accountId }, other.owner)).toBe('not_found');
    const { items } = await tenancy.ask(listMembers, { accountId: other.accountId }, other.owner);
    expect(items.map(({ user }) => user.id)).toEqual([other.ownerId]);
  });
});

describe('a search of members', () => {
  it.each([
    ['part of a name', 'ora ün', () => inNorth],
    ['part of an address', 'SVEN@south', () => inSouth],
    ['quotes and backslashes', "o'hara \\ s", () => inSouth],
    ['part of an id', '', () => inNorthUnit],
    ['a character that SQL would take for any', '0%', () => inAccount],
  ])('finds by %s', async (_what, query, member) => {
    const { userId } = member();
    expect(await usersSeen(tenant.owner, { query: query || userId.slice(9) })).toEqual([userId]);
  });

  it.each(['_', 'nobody', 'sven%', 'north.example nils'])('finds nothing by %s', async (query) => {
    expect(await usersSeen(tenant.owner, { query })).toEqual([]);
  });

  it('does not leave one’s scope', async () => {
    expect(await usersSeen(inNorth.caller, { query: 'example' })).toEqual([inNorthUnit.userId, inNorth.userId]);
  });

  it('filters by role and by level', async () => {
    expect(await usersSeen(tenant.owner, { role: 'manager' })).toEqual([inSouth.userId, inNorth.userId]);
    expect(await usersSeen(tenant.owner, { role: 'manager', scopeType: 'group' })).toEqual([inNorth.userId]);
  });

  it('goes on from page to page', async () => {
    const { accountId, owner } = tenant;
    const first = await tenancy.ask(listMembers, { accountId, query: 'example', limit: 3 }, owner);
    const cursor = first.nextCursor ?? '';
    const second = await tenancy.ask(listMembers, { accountId, query: 'example', limit: 3, cursor }, owner);
    expect([...first.items, ...second.items].map(({ user }) => user.id)).toEqual(await usersSeen(owner));
    expect(second.nextCursor).toBeNull();
  });
});

describe('a member in the list', () => {
  it('is shown with the name of the scope', async () => {
    const { items } = await tenancy.ask(listMembers, { accountId: tenant.accountId }, tenant.owner);
    expect(items.map(({ scope }) => `${scope.type} ${scope.name}`)).toEqual([
      'organization South',
      'organization North 1',
      'group North',
      'account Acme',
      'account Acme',
    ]);
  });
});
