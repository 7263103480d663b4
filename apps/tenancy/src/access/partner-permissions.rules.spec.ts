import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { partnerPermissions } from './partner-permissions.rules.ts';

const names = ['devices.manage', 'devices.view', 'reports.view', 'users.view'];
const some = fc.subarray(names);
const catalogue = (all: readonly string[]) => all.map((name) => ({ name }));
const grant = { partnershipId: 'p', providerAccountId: 'provider', disabled: false };

describe('the permissions of a partner’s user', () => {
  it('are what is granted, under the ceiling and in the catalogue, in the catalogue’s order', () => {
    fc.assert(
      fc.property(some, some, some, (permissions, ceiling, known) => {
        const expected = known.filter((name) => permissions.includes(name) && ceiling.includes(name));
        expect(partnerPermissions({ ...grant, permissions, ceiling }, catalogue(known))).toEqual(expected);
      }),
    );
  });

  it('are none while the partnership is disabled', () => {
    const all = { ...grant, permissions: names, ceiling: names };
    expect(partnerPermissions({ ...all, disabled: true }, catalogue(names))).toEqual([]);
  });
});
