import type { Grant } from '@valetkey/contracts';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { reachOf } from '../access/reach.rules.ts';
import type { Organization } from './organization.entity.ts';

/** Of one account's organizations those that the grants reach. */
export function organizationsWithin(grants: readonly Grant[]): FilterQuery<Organization> {
  const reach = reachOf(grants);
  if (reach === 'everywhere') return {};
  return { $or: [{ id: { $in: reach.organizations } }, { group: { $in: reach.groups } }] };
}
