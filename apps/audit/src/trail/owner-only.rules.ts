import type { Caller } from '@valetkey/contracts';

/** What a manager may not read: billing details, access keys, access links. Actions, or entities with all of theirs. */
const ownerOnly = ['account.billing-changed', 'access-key', 'access-link'];

/** The actions and entities that are kept from a caller. */
export function hiddenFrom(caller: Caller | undefined): string[] {
  const owns = caller?.grants.some(({ scope, role }) => scope.type === 'account' && role === 'owner');
  return owns ? [] : ownerOnly;
}
