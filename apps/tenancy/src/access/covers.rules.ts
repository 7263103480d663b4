import type { Grant } from '@valetkey/contracts';

/** An organization as coverage sees it. */
export interface Unit {
  id: string;
  groupId: string | null;
}

/**
 * Whether a grant of an account holds at one of its organizations or, when none is chosen, in the account as a whole:
 * an account's grant holds everywhere, a group's in the organizations it has now, an organization's in that one.
 */
export function covers({ scope }: Grant, organization: Unit | undefined): boolean {
  switch (scope.type) {
    case 'account':
      return true;
    case 'group':
      return organization !== undefined && organization.groupId === scope.id;
    case 'organization':
      return organization?.id === scope.id;
  }
}
