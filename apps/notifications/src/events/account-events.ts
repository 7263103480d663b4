import { on } from '@valetkey/access-events';
import {
  accountBillingChanged,
  accountDeleted,
  accountPolicyChanged,
  accountRestored,
  moduleDisabled,
  moduleEnabled,
} from '@valetkey/contracts';
import { accountDeletedNotice } from '../notices/account/account-deleted.notice.ts';
import { accountRestoredNotice } from '../notices/account/account-restored.notice.ts';
import { billingChangedNotice } from '../notices/account/billing-changed.notice.ts';
import { moduleDisabledNotice } from '../notices/account/module-disabled.notice.ts';
import { moduleEnabledNotice } from '../notices/account/module-enabled.notice.ts';
import { ChangedPolicy, policyChangedNotice } from '../notices/account/policy-changed.notice.ts';
import type { Occasion } from './occasion.ts';

const RESTORABLE_MS = 30 * 24 * 3_600_000;

/** What happens to an account is told its owners, also those who did it: it is their receipt. */
export const accountEvents = [
  on(accountPolicyChanged, async ({ data }, occasion: Occasion) => {
    const { accountName, changes } = data;
    const changed = ChangedPolicy.parse(Object.fromEntries(changes.map(({ field, to }) => [field, to])));
    const by = await occasion.by();
    await occasion.tellOwners(policyChangedNotice, () => ({ accountName, by, changed }));
  }),
  on(accountBillingChanged, async ({ data: { accountName } }, occasion: Occasion) => {
    const by = await occasion.by();
    await occasion.tellOwners(billingChangedNotice, () => ({ accountName, by }));
  }),
  on(moduleEnabled, async ({ data: { module } }, occasion: Occasion) =>
    occasion.tellOwners(moduleEnabledNotice, (accountName) => ({ accountName, module })),
  ),
  on(moduleDisabled, async ({ data: { module } }, occasion: Occasion) =>
    occasion.tellOwners(moduleDisabledNotice, (accountName) => ({ accountName, module })),
  ),
  on(accountDeleted, async ({ time, data: { name: accountName } }, occasion: Occasion) => {
    const by = await occasion.by();
    const purgedAfter = new Date(Date.parse(time) + RESTORABLE_MS).toISOString();
    await occasion.tellOwners(accountDeletedNotice, () => ({ accountName, by, purgedAfter }));
  }),
  on(accountRestored, async ({ data: { name: accountName } }, occasion: Occasion) =>
    occasion.tellOwners(accountRestoredNotice, () => ({ accountName })),
  ),
];
