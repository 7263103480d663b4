import type { Grant, ReachChange, Role } from '@valetkey/contracts';
import { covers, type Unit } from '../access/covers.rules.ts';
import { highestGrant } from '../access/highest-grant.rules.ts';

/** A user with all that they hold in the account. */
export interface Reacher {
  id: string;
  name: string;
  grants: readonly Grant[];
}

type Changed = Pick<ReachChange, 'gains' | 'loses'>;

/** Who reaches an organization otherwise, or in another role, where it moves. */
export function reachChangeOfMove(people: readonly Reacher[], from: Unit, to: Unit): Changed {
  return changed(people, (grants) => [roleAt(grants, from), roleAt(grants, to)]);
}

/** Who reached an organization that goes; a role in the whole account outlives it. */
export function reachChangeOfDeletion(people: readonly Reacher[], unit: Unit): Changed {
  return changed(people, (grants) => [reachesAll(grants) ? undefined : roleAt(grants, unit), undefined]);
}

/** Who reached what is in a group by the group alone. */
export function reachChangeOfDisbanding(people: readonly Reacher[], groupId: string): Changed {
  const ofGroup = (grants: readonly Grant[]) => highestGrant(grants.filter(({ scope }) => scope.id === groupId))?.role;
  return changed(people, (grants) => [reachesAll(grants) ? undefined : ofGroup(grants), undefined]);
}

function changed(
  people: readonly Reacher[],
  rolesOf: (grants: readonly Grant[]) => [before: Role | undefined, after: Role | undefined],
): Changed {
  const result: Changed = { gains: [], loses: [] };
  for (const { id, name, grants } of people) {
    const [before, after] = rolesOf(grants);
    if (before === after) continue;
    if (before) result.loses.push({ user: { id, name }, role: before });
    if (after) result.gains.push({ user: { id, name }, role: after });
  }
  return result;
}

function roleAt(grants: readonly Grant[], unit: Unit): Role | undefined {
  return highestGrant(grants.filter((grant) => covers(grant, unit)))?.role;
}

function reachesAll(grants: readonly Grant[]): boolean {
  return grants.some(({ scope }) => scope.type === 'account');
}
