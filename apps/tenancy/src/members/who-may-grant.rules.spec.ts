import { describe, expect, it } from '@jest/globals';
import { type Grant, Role, type ScopeType } from '@valetkey/contracts';
import { isInSight, mayGrant } from './who-may-grant.rules.ts';

const acme = { type: 'account', id: 'acme', groupId: null } as const;
const north = { type: 'group', id: 'north', groupId: null } as const;
const south = { type: 'group', id: 'south', groupId: null } as const;
const north1 = { type: 'organization', id: 'north-1', groupId: 'north' } as const;
const alone = { type: 'organization', id: 'alone', groupId: null } as const;
const everywhere = [acme, north, south, north1, alone];

const held = (role: Role, { type, id }: { type: ScopeType; id: string }): Grant[] => [{ scope: { type, id }, role }];
const granted = (grants: Grant[], scope: (typeof everywhere)[number]) =>
  Role.options.filter((role) => mayGrant(grants, scope, role));

describe('who may grant what', () => {
  it('is an owner anything, everywhere', () => {
    for (const scope of everywhere) {
      expect(granted(held('owner', acme), scope)).toEqual(['owner', 'manager', 'viewer', 'supporter']);
    }
  });

  it('is a manager of the account managers and viewers, everywhere', () => {
    for (const scope of everywhere) expect(granted(held('manager', acme), scope)).toEqual(['manager', 'viewer']);
  });

  it('is a manager of a group managers and viewers, in it and its organizations', () => {
    const may = everywhere.map((scope) => granted(held('manager', north), scope));
    const both = ['manager', 'viewer'];
    expect(may).toEqual([[], both, [], both, []]);
  });

  it('is a manager of an organization managers and viewers, in it and not in its group', () => {
    const may = everywhere.map((scope) => granted(held('manager', north1), scope));
    expect(may).toEqual([[], [], [], ['manager', 'viewer'], []]);
  });

  it.each(['viewer', 'supporter', 'partner'] as const)('is no %s', (role) => {
    for (const scope of everywhere) expect(granted(held(role, acme), scope)).toEqual([]);
  });

  it('is the union of what one holds', () => {
    const grants = [...held('viewer', acme), ...held('manager', north), ...held('manager', alone)];
    expect(everywhere.map((scope) => granted(grants, scope).length)).toEqual([0, 2, 0, 2, 2]);
  });

  it('asks for the present role and for the new one', () => {
    expect(mayGrant(held('manager', acme), acme, 'viewer', 'manager')).toBe(true);
    expect(mayGrant(held('manager', acme), acme, 'owner', 'viewer')).toBe(false);
    expect(mayGrant(held('manager', acme), acme, 'viewer', 'owner')).toBe(false);
    expect(mayGrant(held('manager', acme), acme, 'supporter', 'viewer')).toBe(false);
  });
});

describe('what is in sight', () => {
  it.each([
    ['everything, of the account', acme, [true, true, true, true, true]],
    ['the group and its organizations, of a group', north, [false, true, false, true, false]],
    ['the organization, of an organization', north1, [false, false, false, true, false]],
  ])('is %s', (_whose, scope, seen) => {
    expect(everywhere.map((place) => isInSight(held('viewer', scope), place))).toEqual(seen);
  });

  it('is nothing without a membership', () => {
    expect(everywhere.filter((place) => isInSight([], place))).toEqual([]);
  });
});
