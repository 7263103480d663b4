import { z } from 'zod';
import { Changes, defineEvent } from '../kernel/event.ts';
import { AccountPolicy } from './account-policy.ts';

const account = { entity: 'account', source: 'tenancy' } as const;

export const accountPolicyChanged = defineEvent({
  ...account,
  action: 'policy-changed',
  summary: 'The security policy of an account was changed',
  data: z.object({ accountName: z.string(), changes: Changes, ...AccountPolicy.shape }),
  revokes: true,
});
export const accountBillingChanged = defineEvent({
  ...account,
  action: 'billing-changed',
  summary: 'Billing details of an account were changed; which, without what they are',
  data: z.object({ accountName: z.string(), changes: Changes }),
});
export const accountDeleted = defineEvent({
  ...account,
  action: 'deleted',
  summary: 'An account was deleted: nobody may do anything there; thirty days later it is purged',
  data: z.object({ name: z.string() }),
  revokes: true,
});
export const accountRestored = defineEvent({
  ...account,
  action: 'restored',
  summary: 'A deleted account was restored: all but its sessions is as it was',
  data: z.object({ name: z.string() }),
});
export const accountPurged = defineEvent({
  ...account,
  action: 'purged',
  summary: 'An account is gone for good: whoever keeps something of it deletes that',
  data: z.object({ name: z.string() }),
});
