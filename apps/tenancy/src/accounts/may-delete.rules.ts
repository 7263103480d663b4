import type { Grant } from '@valetkey/contracts';

/**
 * Whether these grants of an account let somebody delete its organizations and groups: an owner's always, an account
 * manager's where the policy says that managers may.
 */
export function mayDelete(
  grants: readonly Grant[],
  { managersMayDelete }: { readonly managersMayDelete: boolean },
): boolean {
  return grants.some(
    ({ scope, role }) => scope.type === 'account' && (role === 'owner' || (role === 'manager' && managersMayDelete)),
  );
}
