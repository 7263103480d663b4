import type { AccessEventEnvelope } from '@valetkey/contracts';
import type { Tenancy } from './tenancy.ts';

/** What one company was told of its partnerships and their users, oldest first. */
export async function partnershipEvents(tenancy: Tenancy, accountId: string): Promise<AccessEventEnvelope[]> {
  return (await tenancy.eventsOf(accountId)).filter(({ type }) => type.startsWith('dev.valetkey.partner'));
}

/** Only what happened, e.g. `partnership.disabled`. */
export async function partnershipActions(tenancy: Tenancy, accountId: string): Promise<string[]> {
  const events = await partnershipEvents(tenancy, accountId);
  return events.map(({ type }) => type.split('.').slice(2, 4).join('.'));
}
