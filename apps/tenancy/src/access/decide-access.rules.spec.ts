import { describe, expect, it } from '@jest/globals';
import type { AccessDecision, Grant, Role } from '@valetkey/contracts';
import fc from 'fast-check';
import { type CataloguedPermission, decideAccess, type StandingFacts } from './decide-access.rules.ts';

const account = { id: 'acme', name: 'Acme', landingUrl: null, modules: ['login_tokens' as const] };
const organizations = [
  { id: 'north-1', name: 'North 1', groupId: 'north' },
  { id: 'north-2', name: 'North 2', groupId: 'north' },
  { id: 'south-1', name: 'South 1', groupId: 'south' },
  { id: 'alone', name: 'Alone', groupId: null },
];

/** Every place that a scope reaches, spelt out; `whole` is the account with no organization chosen. */
const places: Record<string, string[]> = {
  acme: ['whole', 'north-1', 'north-2', 'south-1', 'alone'],
  north: ['north-1', 'north-2'],
  south: ['south-1'],
  'north-1': ['north-1'],
  'north-2': ['north-2'],
  'south-1': ['south-1'],
  alone: ['alone'],
};

const typeOf = (id: string) => (id === 'acme' ? 'account' : id in { north: 1, south: 1 } ? 'group' : 'organization');

const anyGrant: fc.Arbitrary<Grant> = fc.constantFrom(...Object.keys(places)).chain((id) => {
  const type = typeOf(id);
  const role: fc.Arbitrary<Role> =
    type === 'account'
      ? fc.constantFrom('owner', 'manager', 'viewer', 'supporter')
      : fc.constantFrom('manager', 'viewer');
  return role.map((one) => ({ scope: { type, id }, role: one }));
});
const anyGrants = fc.uniqueArray(anyGrant, { selector: ({ scope }) => scope.id, maxLength: 7 });
const anyOrganization = fc.option(fc.constantFrom(...organizations), { nil: undefined });
const anyRoles = fc.subarray<Role>(['owner', 'manager', 'viewer', 'supporter']);
const anyCatalogue = fc
  .array(anyRoles, { maxLength: 5 })
  .map((all) => all.map((roles, n) => ({ name: `p.${n}`, roles })));

function decide(grants: Grant[], organization?: StandingFacts['organization'], catalogue: CataloguedPermission[] = []) {
  return decideAccess({ account, organization, grants, userName: undefined, requireTwoFactor: 'off' }, catalogue);
}

/** The rules of product.md said once more, over the places spelt out. */
function model(grants: Grant[], chosen: string | undefined, catalogue: CataloguedPermission[]) {
  const reaches = (grant: Grant, place: string) => places[grant.scope.id]?.includes(place) ?? false;
  const organization = chosen !== undefined && grants.some((grant) => reaches(grant, chosen)) ? chosen : undefined;
  const here = grants.filter((grant) => reaches(grant, organization ?? 'whole'));
  const shown = here.length > 0 ? here : grants;
  const role = (['owner', 'manager', 'supporter', 'viewer'] as const).find((one) =>
    shown.some((grant) => grant.role === one),
  );
  const permissions = catalogue.filter(({ roles }) => here.some((grant) => roles.includes(grant.role)));
  return [organization, role, permissions.map(({ name }) => name)];
}

describe('what a holder may do', () => {
  it('is the union of the grants that hold where they stand', () => {
    fc.assert(
      fc.property(anyGrants, anyOrganization, anyCatalogue, (grants, organization, catalogue) => {
        const decision = decide(grants, organization, catalogue);
        const expected = grants.length === 0 ? undefined : model(grants, organization?.id, catalogue);
        const told = decision && [decision.organization?.id, decision.role, decision.permissions];
        expect(told ?? undefined).toEqual(expected);
      }),
    );
  });

  it('names a scope that gives the shown role', () => {
    fc.assert(
      fc.property(anyGrants, anyOrganization, (grants, organization) => {
        const decision = decide(grants, organization);
        if (decision) expect(grants).toContainEqual({ scope: decision.scope, role: decision.role });
      }),
    );
  });

  it('never shrinks by a further grant', () => {
    fc.assert(
      fc.property(anyGrants, anyOrganization, anyCatalogue, (grants, organization, catalogue) => {
        const all = decide(grants, organization, catalogue)?.permissions ?? [];
        const fewer = decide(grants.slice(1), organization, catalogue)?.permissions ?? [];
        expect(all).toEqual(expect.arrayContaining(fewer));
      }),
    );
  });
});

describe('the role that is shown', () => {
  const inAccount = (role: Role): Grant => ({ scope: { type: 'account', id: 'acme' }, role });
  const inNorth = (role: Role): Grant => ({ scope: { type: 'group', id: 'north' }, role });
  const in1 = (role: Role): Grant => ({ scope: { type: 'organization', id: 'north-1' }, role });
  const shown = (decision: AccessDecision | null) => decision && [decision.role, decision.scope.type];

  it('is the highest at the organization', () => {
    expect(shown(decide([inAccount('viewer'), inNorth('manager')], organizations[0]))).toEqual(['manager', 'group']);
    expect(shown(decide([inAccount('viewer'), inNorth('manager')], organizations[2]))).toEqual(['viewer', 'account']);
  });

  it('comes from the widest scope that gives it', () => {
    expect(shown(decide([in1('manager'), inNorth('manager'), inAccount('viewer')], organizations[0]))).toEqual([
      'manager',
      'group',
    ]);
  });

  it('puts a supporter before a viewer and after a manager', () => {
    expect(shown(decide([inAccount('supporter'), inNorth('viewer')], organizations[0]))).toEqual([
      'supporter',
      'account',
    ]);
    expect(shown(decide([inAccount('supporter'), inNorth('manager')], organizations[0]))).toEqual(['manager', 'group']);
  });

  it('is the account’s own with no organization chosen, though a higher one holds in one', () => {
    expect(shown(decide([in1('manager'), inAccount('viewer')]))).toEqual(['viewer', 'account']);
  });

  it('without any of the account is the highest there is, and gives no permission there', () => {
    const catalogue = [{ name: 'devices.view', roles: ['manager', 'viewer'] as const }];
    const decision = decide([in1('viewer'), inNorth('manager')], undefined, catalogue);
    expect(shown(decision)).toEqual(['manager', 'group']);
    expect(decision?.permissions).toEqual([]);
  });
});

describe('a partner’s user', () => {
  const partner = {
    partnershipId: 'p',
    providerAccountId: 'provider',
    disabled: false,
    permissions: ['devices.view'],
    ceiling: ['devices.view', 'devices.manage'],
  };
  const facts: StandingFacts = {
    account,
    organization: undefined,
    grants: [{ scope: { type: 'account', id: 'acme' }, role: 'partner' }],
    userName: 'Petra',
    partner,
    requireTwoFactor: 'off',
  };
  const catalogue = ['devices.manage', 'devices.view'].map((name) => ({ name, roles: ['owner', 'partner'] as const }));

  it('has the permissions granted, whatever the catalogue gives to roles, in every organization', () => {
    const told = {
      role: 'partner',
      scope: { type: 'account', id: 'acme' },
      permissions: ['devices.view'],
      partnership: { id: 'p', providerAccountId: 'provider', disabled: false },
      userName: 'Petra',
    };
    expect(decideAccess(facts, catalogue)).toMatchObject(told);
    const there = { ...told, organization: { id: 'north-1' } };
    expect(decideAccess({ ...facts, organization: organizations[0] }, catalogue)).toMatchObject(there);
  });

  it('stands there with nothing while the partnership is disabled', () => {
    const told = { role: 'partner', permissions: [], partnership: { disabled: true } };
    expect(decideAccess({ ...facts, partner: { ...partner, disabled: true } }, catalogue)).toMatchObject(told);
  });

  it('is bound by a policy for everyone, and not by one for owners', () => {
    const required = (requireTwoFactor: StandingFacts['requireTwoFactor']) =>
      decideAccess({ ...facts, requireTwoFactor }, catalogue)?.twoFactorRequired;
    expect(required('everyone')).toBe(true);
    expect(required('owners')).toBeUndefined();
  });
});
