import { describe, expect, it } from '@jest/globals';
import type { Role, ScopeType } from '@valetkey/contracts';
import { mayDelete } from './may-delete.rules.ts';

const holding = (role: Role, type: ScopeType = 'account') => [{ role, scope: { type, id: 'some' } }];
const lets = { managersMayDelete: true };
const keeps = { managersMayDelete: false };

describe('organizations and groups', () => {
  it('are deleted by an owner, whatever the policy says', () => {
    expect(mayDelete(holding('owner'), keeps)).toBe(true);
  });

  it('are deleted by an account manager where the policy lets managers', () => {
    expect(mayDelete(holding('manager'), lets)).toBe(true);
    expect(mayDelete(holding('manager'), keeps)).toBe(false);
  });

  it.each([
    ['a viewer', holding('viewer')],
    ['a supporter', holding('supporter')],
    ['a group manager', holding('manager', 'group')],
    ['an organization manager', holding('manager', 'organization')],
    ['nobody', []],
  ])('are never deleted by %s', (_who, grants) => {
    expect(mayDelete(grants, lets)).toBe(false);
  });
});
