import type { Grant } from '@valetkey/contracts';
import { type CoveredScope, holdsIn } from '../access/holds-in.rules.ts';

const manages = ({ role }: Grant) => role === 'owner' || role === 'manager';

/** Whether these grants let somebody change a group or organization itself. */
export function mayChange(grants: readonly Grant[], unit: CoveredScope): boolean {
  return grants.some((grant) => manages(grant) && holdsIn(grant, unit));
}

/** Whether they let somebody say in which group an organization is: who manages only inside may not. */
export function mayMove(grants: readonly Grant[]): boolean {
  return grants.some((grant) => manages(grant) && grant.scope.type === 'account');
}
