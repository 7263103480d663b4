import type { BillingDetails as BillingView } from '@valetkey/contracts';
import type { BillingDetails } from './billing-details.entity.ts';

/** With the revision that its `ETag` shows: before anything was ever said it is the first. */
export function billingView(details: BillingDetails | null): BillingView & { revision: number } {
  if (!details) return { companyName: null, email: null, address: null, taxId: null, revision: 1 };
  const { companyName, email, address, taxId, revision } = details;
  return { companyName, email, address, taxId, revision };
}
