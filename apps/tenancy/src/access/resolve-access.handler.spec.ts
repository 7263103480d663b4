import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AskOf, type Grant, putPermissions, resolveAccess, setModules, type Standing } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { EntityManager } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import type { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { authorizeUser, makePartnership, openCompany, turn } from '../../test/partnerships.ts';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let acme: Tenant;
let other: Tenant;
let [branches, north, south, foreignGroup, foreign] = ['', '', '', '', ''];
/** A viewer of the account who manages its branches. */
let vera = '';
/** Owns a company that is a partner of the other account’s. */
let petra = '';
const nobody = uuidv7();
const operator = anyCaller({ operator: true });
const Prepared = z.object({ name: z.string().startsWith('access-') });

beforeAll(async () => {
  tenancy = await Tenancy.start();
  acme = await tenancy.openAccount('Acme');
  other = await tenancy.openAccount('Other');
  branches = await tenancy.makeGroup(acme.accountId, 'Branches');
  north = await tenancy.makeOrganization(acme.accountId, { name: 'North', groupId: branches });
  south = await tenancy.makeOrganization(acme.accountId, { name: 'South' });
  foreignGroup = await tenancy.makeGroup(other.accountId);
  foreign = await tenancy.makeOrganization(other.accountId, { groupId: foreignGroup });
  vera = (await tenancy.join(acme.accountId, { type: 'account', id: acme.accountId }, 'viewer', { name: 'Vera' }))
    .userId;
  await tenancy.join(acme.accountId, { type: 'group', id: branches }, 'manager', { userId: vera });
  await tenancy.join(other.accountId, { type: 'organization', id: foreign }, 'viewer', { userId: vera });
  const provider = await openCompany(tenancy, 'partner', 'Provider');
  await turn(tenancy, other, 'client', true);
  petra = provider.ownerId;
  await authorizeUser(tenancy, await makePartnership(tenancy, provider, other, ['devices.view']), petra, [
    'devices.view',
  ]);
  const permissions = [
    { name: 'devices.view', description: '', roles: ['owner' as const, 'manager' as const, 'viewer' as const] },
    { name: 'devices.manage', description: '', roles: ['owner' as const, 'manager' as const] },
  ];
  await tenancy.ask(putPermissions, { permissions }, operator);
});

afterAll(async () => {
  await tenancy.stop();
});

async function resolve(...standings: AskOf<typeof resolveAccess>['standings']) {
  return (await tenancy.ask(resolveAccess, { standings })).decisions;
}

describe('what a user may do', () => {
  it('follows from the memberships that cover the organization', async () => {
    const { accountId } = acme;
    expect(await resolve({ accountId, organizationId: north, holder: { userId: vera } })).toEqual([
      {
        account: { id: accountId, name: 'Acme' },
        organization: { id: north, name: 'North' },
        role: 'manager',
        scope: { type: 'group', id: branches },
        grants: [
          { scope: { type: 'account', id: accountId }, role: 'viewer' },
          { scope: { type: 'group', id: branches }, role: 'manager' },
        ],
        permissions: ['devices.manage', 'devices.view'],
        modules: ['login_tokens'],
        userName: 'Vera',
      },
    ]);
  });

  it('is less where fewer cover, and at the account as a whole', async () => {
    const { accountId } = acme;
    const [atSouth, atAccount] = await resolve(
      { accountId, organizationId: south, holder: { userId: vera } },
      { accountId, holder: { userId: vera } },
    );
    const expected = { role: 'viewer', scope: { type: 'account', id: accountId }, permissions: ['devices.view'] };
    expect(atSouth).toMatchObject({ organization: { id: south }, ...expected });
    expect(atAccount).toMatchObject(expected);
    expect(atAccount).not.toHaveProperty('organization');
  });

  it('is nothing without a membership, or in an account that does not exist', async () => {
    const { accountId } = acme;
    expect(
      await resolve(
        { accountId, holder: { userId: nobody } },
        { accountId: other.accountId, holder: { userId: acme.ownerId } },
        { accountId: uuidv7(), holder: { userId: acme.ownerId } },
      ),
    ).toEqual([null, null, null]);
  });

  it('knows another tenant’s organization as little as none', async () => {
    const holder = { userId: acme.ownerId };
    const [atForeign, atUnknown] = await resolve(
      { accountId: acme.accountId, organizationId: foreign, holder },
      { accountId: acme.accountId, organizationId: uuidv7(), holder },
    );
    expect(atForeign).not.toHaveProperty('organization');
    expect(atForeign).toEqual(atUnknown);
  });

  it('names the modules that are on now', async () => {
    const { accountId, ownerId } = await tenancy.openAccount();
    await tenancy.ask(setModules, { accountId, modules: { login_tokens: false, client: true } }, operator);
    expect(await resolve({ accountId, holder: { userId: ownerId } })).toMatchObject([{ modules: ['client'] }]);
  });
});

describe('what a token may do', () => {
  const grantIn = (type: Grant['scope']['type'], id: string): Standing['holder'] => ({
    grant: { scope: { type, id }, role: 'manager' },
  });

  it('follows from the grant it carries, in its scope only', async () => {
    const { accountId } = acme;
    const holder = grantIn('group', branches);
    const [atNorth, atSouth] = await resolve(
      { accountId, organizationId: north, holder },
      { accountId, organizationId: south, holder },
    );
    expect(atNorth).toMatchObject({
      organization: { id: north },
      role: 'manager',
      permissions: ['devices.manage', 'devices.view'],
    });
    expect(atSouth).toMatchObject({ role: 'manager', permissions: [] });
    expect(atSouth).not.toHaveProperty('organization');
    expect(atNorth).not.toHaveProperty('userName');
  });

  it('is nothing once its scope is gone, or when it lies in another account', async () => {
    const gone = await tenancy.makeOrganization(acme.accountId);
    await tenancy.sql('DELETE FROM organizations WHERE id = $1', [gone]);
    const holders = [
      grantIn('organization', gone),
      grantIn('organization', foreign),
      grantIn('group', foreignGroup),
      grantIn('account', other.accountId),
      grantIn('group', north),
    ];
    const decisions = await resolve(...holders.map((holder) => ({ accountId: acme.accountId, holder })));
    expect(decisions).toEqual(holders.map(() => null));
  });
});

/** Any standing of this small world: right ones, other tenants’ and unknown ones. */
function anyStanding(): fc.Arbitrary<Standing> {
  const accountId = fc.constantFrom(acme.accountId, other.accountId, uuidv7());
  const organizationId = fc.option(fc.constantFrom(north, south, foreign, branches), { nil: undefined });
  const userId = fc.constantFrom(acme.ownerId, other.ownerId, vera, petra, nobody);
  const lenderId = fc.option(userId, { nil: undefined });
  const user = fc.record({ userId, lenderId });
  const type = fc.constantFrom('account' as const, 'group' as const, 'organization' as const);
  const id = fc.constantFrom(acme.accountId, branches, north, south, foreign);
  const role = fc.constantFrom('manager' as const, 'viewer' as const);
  const grant = fc.record({ grant: fc.record({ scope: fc.record({ type, id }), role }) });
  return fc.record({ accountId, organizationId, holder: fc.oneof(user, grant) });
}

/** The prepared statements that a question took. */
async function statementsOf(standings: Standing[]): Promise<unknown[]> {
  const pool = await tenancy.service.app.get(EntityManager).getConnection().getNativeClient();
  const spies = new Set<ReturnType<typeof spyOnQueries>>();
  const listen = (client: Pick<Client, 'query'>) => spies.add(spyOnQueries(client));
  pool.on('acquire', listen);
  await resolve(...standings);
  pool.off('acquire', listen);
  const calls: unknown[][] = [...spies].flatMap(({ mock }) => mock.calls);
  for (const spy of spies) spy.mockRestore();
  return calls.map(([statement]) => statement).filter((one) => Prepared.safeParse(one).success);
}

const spyOnQueries = (client: Pick<Client, 'query'>) => jest.spyOn(client, 'query');

describe('many standings in one message', () => {
  it('are decided as each would be by itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStanding(), { minLength: 1, maxLength: 8 }), async (standings) => {
        const together = await resolve(...standings);
        const singly = await Promise.all(standings.map((standing) => resolve(standing)));
        expect(together).toEqual(singly.flat());
      }),
      { numRuns: 50 },
    );
  });

  it('cost four statements, as one does, and a fifth where somebody is no member', async () => {
    const { accountId } = acme;
    const members: Standing[] = [
      { accountId, holder: { userId: acme.ownerId } },
      { accountId, holder: { userId: nobody, lenderId: vera } },
      { accountId, holder: { grant: { scope: { type: 'group', id: branches }, role: 'viewer' } } },
    ];
    expect(await statementsOf(members)).toHaveLength(4);
    expect(await statementsOf([...members, ...fc.sample(anyStanding(), 900)])).toHaveLength(5);
  });

  it('may be a thousand', async () => {
    const standings = fc.sample(anyStanding(), 1000);
    const decisions = await resolve(...standings);
    expect(decisions).toHaveLength(1000);
    const sample = standings.filter((_, n) => n % 97 === 0);
    expect(decisions.filter((_, n) => n % 97 === 0)).toEqual(await resolve(...sample));
  });
});
