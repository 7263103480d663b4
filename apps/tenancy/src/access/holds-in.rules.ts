import type { Grant, Scope } from '@valetkey/contracts';
import { covers } from './covers.rules.ts';

/** A scope as coverage sees it: with the group that an organization is in. */
export interface CoveredScope extends Scope {
  groupId: string | null;
}

/** Whether a grant of an account holds in all of one of its scopes: a group's in its organizations too, not the reverse. */
export function holdsIn(grant: Grant, scope: CoveredScope): boolean {
  switch (scope.type) {
    case 'account':
      return covers(grant, undefined);
    case 'group':
      return covers(grant, undefined) || grant.scope.id === scope.id;
    case 'organization':
      return covers(grant, scope);
  }
}
