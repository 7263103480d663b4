import type { Grant } from '@valetkey/contracts';
import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { reachOf } from '../access/reach.rules.ts';
import { Organization } from '../organizations/organization.entity.ts';
import type { Membership } from './membership.entity.ts';

/**
 * Of one account's memberships those that the grants reach: a group's with those of its organizations, which are
 * looked up first, so that an index finds the members of each.
 */
export async function membersWithin(em: EntityManager, grants: readonly Grant[]): Promise<FilterQuery<Membership>> {
  const reach = reachOf(grants);
  if (reach === 'everywhere') return {};
  const { groups, organizations } = reach;
  const ofGroups = groups.length > 0 ? await em.find(Organization, { group: { $in: groups } }, { fields: ['id'] }) : [];
  const inside = [...organizations, ...ofGroups.map(({ id }) => id)];
  return { $or: [{ organization: { $in: inside } }, { group: { $in: groups } }] };
}
