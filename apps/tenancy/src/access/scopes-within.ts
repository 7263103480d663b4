import type { Grant } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Organization } from '../organizations/organization.entity.ts';
import { reachOf } from './reach.rules.ts';

/**
 * The ids of the groups and organizations that grants reach, a group's with those of its organizations; null for
 * everything. They are looked up first, so that an index finds what lies in each.
 */
export async function scopesWithin(em: EntityManager, grants: readonly Grant[]): Promise<string[] | null> {
  const reach = reachOf(grants);
  if (reach === 'everywhere') return null;
  const { groups, organizations } = reach;
  const ofGroups = groups.length > 0 ? await em.find(Organization, { group: { $in: groups } }, { fields: ['id'] }) : [];
  return [...groups, ...organizations, ...ofGroups.map(({ id }) => id)];
}
