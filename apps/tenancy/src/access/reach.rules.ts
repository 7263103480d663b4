import type { Grant } from '@valetkey/contracts';

/** Where in an account somebody may look: everywhere, or in these groups and organizations. */
export type Reach = 'everywhere' | { groups: string[]; organizations: string[] };

export function reachOf(grants: readonly Grant[]): Reach {
  const idsOf = (type: string) => grants.filter(({ scope }) => scope.type === type).map(({ scope }) => scope.id);
  if (idsOf('account').length > 0) return 'everywhere';
  return { groups: idsOf('group'), organizations: idsOf('organization') };
}
