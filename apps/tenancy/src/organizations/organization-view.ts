import type { Organization as OrganizationView } from '@valetkey/contracts';
import type { Loaded } from '@mikro-orm/postgresql';
import type { Organization } from './organization.entity.ts';

export function organizationView({ id, name, group, createdAt }: Loaded<Organization, 'group'>): OrganizationView {
  return { id, name, ...(group && { group: { id: group.id, name: group.name } }), createdAt: createdAt.toISOString() };
}

export function organizationRevision(organization: Loaded<Organization, 'group'>) {
  return { ...organizationView(organization), revision: organization.version };
}
