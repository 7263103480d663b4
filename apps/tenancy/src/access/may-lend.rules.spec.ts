import { describe, expect, it } from '@jest/globals';
import type { Grant, Role } from '@valetkey/contracts';
import { mayLend } from './may-lend.rules.ts';

const account = (role: Role): Grant => ({ scope: { type: 'account', id: 'acme' }, role });
const group = (role: Role): Grant => ({ scope: { type: 'group', id: 'north' }, role });
const member = (userId: string, ...roles: Role[]) => ({ userId, grants: roles.map(account) });

describe('access is lent to a member', () => {
  it.each([
    ['owner', 'viewer', true],
    ['owner', 'supporter', true],
    ['owner', 'owner', true],
    ['supporter', 'viewer', true],
    ['supporter', 'manager', true],
    ['supporter', 'supporter', true],
    ['supporter', 'owner', false],
    ['manager', 'viewer', false],
    ['viewer', 'viewer', false],
    ['partner', 'viewer', false],
  ] as const)('by one who is %s to one who is %s: %s', (lender, user, may) => {
    expect(mayLend(member('ada', lender), member('ben', user))).toBe(may);
  });

  it('at whatever level they are one', () => {
    const ben = { userId: 'ben', grants: [group('viewer')] };
    expect(mayLend(member('ada', 'supporter'), ben)).toBe(true);
    expect(mayLend({ userId: 'ada', grants: [group('manager')] }, ben)).toBe(false);
  });

  it('by whichever of several roles allows it, unless the other is an owner too', () => {
    expect(mayLend(member('ada', 'viewer', 'supporter'), member('ben', 'viewer'))).toBe(true);
    expect(mayLend(member('ada', 'supporter'), member('ben', 'viewer', 'owner'))).toBe(false);
  });

  it('never to oneself, to a stranger, or by one', () => {
    expect(mayLend(member('ada', 'owner'), member('ada', 'owner'))).toBe(false);
    expect(mayLend(member('ada', 'owner'), member('ben'))).toBe(false);
    expect(mayLend(member('ada'), member('ben', 'viewer'))).toBe(false);
  });
});
