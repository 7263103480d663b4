import type { Grant } from '@valetkey/contracts';
import type { EntityManager, Loaded } from '@mikro-orm/postgresql';
import { Organization } from './organization.entity.ts';
import { organizationsWithin } from './organizations-within.ts';

/** An organization of the account that grants reach; one out of reach is as unknown as another tenant's. */
export async function organizationInSight(
  em: EntityManager,
  grants: readonly Grant[],
  { accountId, organizationId: id }: { accountId: string; organizationId: string },
): Promise<Loaded<Organization, 'group'> | null> {
  const where = { $and: [{ id, accountId }, organizationsWithin(grants)] };
  return em.findOne(Organization, where, { populate: ['group'] });
}
