import { ScopeType } from '@valetkey/contracts';
import { z } from 'zod';

/** A scope as notices name it. */
export const Place = z.strictObject({ scopeType: ScopeType, scopeName: z.string(), accountName: z.string() });
export type Place = z.infer<typeof Place>;

/** An account by its own name; a group or an organization with its account’s behind it, e.g. `Lisbon (Acme)`. */
export function placeName({ scopeType, scopeName, accountName }: Place): string {
  return scopeType === 'account' ? accountName : `${scopeName} (${accountName})`;
}
