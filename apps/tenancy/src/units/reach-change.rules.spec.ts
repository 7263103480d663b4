import { describe, expect, it } from '@jest/globals';
import type { Role, ScopeType } from '@valetkey/contracts';
import {
  type Reacher,
  reachChangeOfDeletion,
  reachChangeOfDisbanding,
  reachChangeOfMove,
} from './reach-change.rules.ts';

const somebody = (name: string, ...held: [Role, ScopeType, string][]): Reacher => ({
  id: name,
  name,
  grants: held.map(([role, type, id]) => ({ role, scope: { type, id } })),
});
const named = (list: { user: { name: string }; role: Role }[]) => list.map(({ user, role }) => `${user.name} ${role}`);

const north = somebody('north', ['manager', 'group', 'north']);
const south = somebody('south', ['viewer', 'group', 'south']);
const both = somebody('both', ['manager', 'group', 'north'], ['viewer', 'group', 'south']);
const same = somebody('same', ['viewer', 'group', 'north'], ['viewer', 'organization', 'pier']);
const owner = somebody('owner', ['owner', 'account', 'acme'], ['viewer', 'group', 'north']);
const watcher = somebody('watcher', ['viewer', 'account', 'acme'], ['manager', 'group', 'north']);
const people = [north, south, both, same, owner, watcher];

describe('An organization that moves from one group to another', () => {
  const { gains, loses } = reachChangeOfMove(
    people,
    { id: 'pier', groupId: 'north' },
    { id: 'pier', groupId: 'south' },
  );

  it('is lost by who reached it by the one, and gained by who reaches it by the other', () => {
    expect(named(loses)).toContain('north manager');
    expect(named(gains)).toContain('south viewer');
  });

  it('is reached in another role by who is in both, or has another role in the account', () => {
    expect(named(loses)).toEqual(['north manager', 'both manager', 'watcher manager']);
    expect(named(gains)).toEqual(['south viewer', 'both viewer', 'watcher viewer']);
  });
});

describe('An organization that leaves its group', () => {
  it('is gained by nobody', () => {
    const { gains, loses } = reachChangeOfMove(
      [north, same],
      { id: 'pier', groupId: 'north' },
      { id: 'pier', groupId: null },
    );
    expect(gains).toEqual([]);
    expect(named(loses)).toEqual(['north manager']);
  });
});

describe('What is deleted', () => {
  it('as an organization is lost by all who reached it and not the whole account', () => {
    const { gains, loses } = reachChangeOfDeletion(people, { id: 'pier', groupId: 'north' });
    expect(gains).toEqual([]);
    expect(named(loses)).toEqual(['north manager', 'both manager', 'same viewer']);
  });

  it('as a group is lost by its members', () => {
    expect(named(reachChangeOfDisbanding(people, 'north').loses)).toEqual([
      'north manager',
      'both manager',
      'same viewer',
    ]);
  });
});
