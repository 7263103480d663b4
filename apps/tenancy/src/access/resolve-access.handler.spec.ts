import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, type Grant, putPermissions, resolveAccess, setModules, type Standing } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let acme: Tenant;
let other: Tenant;
let [branches, north, south, foreignGroup, foreign] = ['', '', '', '', ''];
/** A viewer of the account who manages its branches. */
let vera = '';
const nobody = uuidv7();
const operator = anyCaller({ operator: true });

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
  const user = fc.constantFrom(acme.ownerId, other.ownerId, vera, nobody).map((userId) => ({ userId }));
  const type = fc.constantFrom('account' as const, 'group' as const, 'organization' as const);
  const id = fc.constantFrom(acme.accountId, branches, north, south, foreign);
  const role = fc.constantFrom('manager' as const, 'viewer' as const);
  const grant = fc.record({ grant: fc.record({ scope: fc.record({ type, id }), role }) });
  return fc.record({ accountId, organizationId, holder: fc.oneof(user, grant) });
}

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

  it('may be a thousand', async () => {
    const standings = fc.sample(anyStanding(), 1000);
    const decisions = await resolve(...standings);
    expect(decisions).toHaveLength(1000);
    const sample = standings.filter((_, n) => n % 97 === 0);
    expect(decisions.filter((_, n) => n % 97 === 0)).toEqual(await resolve(...sample));
  });
});
