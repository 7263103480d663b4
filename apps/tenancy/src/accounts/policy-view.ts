import type { AccountPolicy } from '@valetkey/contracts';
import type { Account } from './account.entity.ts';

/** The policy with the revision that its `ETag` shows. */
export function policyView(account: Account): AccountPolicy & { revision: number } {
  const { requireTwoFactor, managersMayDelete, portalIdleMinutes, portalMaxHours, policyRevision: revision } = account;
  return { requireTwoFactor, managersMayDelete, portalIdleMinutes, portalMaxHours, revision };
}
