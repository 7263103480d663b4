import type { Scope } from '@valetkey/contracts';

/** A group or an organization. */
export type UnitScope = Scope & { type: 'group' | 'organization' };

/** Memberships `m` of a unit, its id being `$2`: by the column that an index covers. */
export const membershipsOf: Readonly<Record<UnitScope['type'], string>> = {
  group: 'm.group_id = $2',
  organization: 'm.organization_id = $2',
};
