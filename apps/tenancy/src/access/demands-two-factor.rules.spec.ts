import { expect, it } from '@jest/globals';
import type { Role } from '@valetkey/contracts';
import { demandsTwoFactor } from './demands-two-factor.rules.ts';

const grant = (role: Role) => ({ role, scope: { type: 'account' as const, id: 'acme' } });

it.each([
  ['off', 'owner', false],
  ['off', 'viewer', false],
  ['owners', 'owner', true],
  ['owners', 'manager', false],
  ['owners', 'supporter', false],
  ['owners', 'partner', false],
  ['everyone', 'owner', true],
  ['everyone', 'viewer', true],
  ['everyone', 'partner', true],
] as const)('A policy of two-factor for "%s" demands it of a user who is %s: %s', (demand, role, demands) => {
  expect(demandsTwoFactor(demand, [grant(role)])).toBe(demands);
});

it('A policy for owners binds a user with whichever of several roles is the owner’s', () => {
  expect(demandsTwoFactor('owners', [grant('viewer'), grant('owner')])).toBe(true);
});
