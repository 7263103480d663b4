import type { Grant, ModuleName, Role, ScopeType, TwoFactorDemand } from '@valetkey/contracts';

export interface AccountRow {
  id: string;
  name: string;
  landing_url: string | null;
  modules: ModuleName[];
  require_two_factor: TwoFactorDemand;
}
/** `$1` account ids. In one that was deleted nobody stands. */
export const accountsById = {
  name: 'access-accounts',
  text: `SELECT id, name, landing_url, modules, require_two_factor FROM accounts
          WHERE id = ANY($1::uuid[]) AND deleted_at IS NULL`,
};

export interface UnitRow {
  type: Exclude<ScopeType, 'account'>;
  id: string;
  account_id: string;
  group_id: string | null;
  name: string;
}
/** Groups and organizations; `$1` their ids. */
export const unitsById = {
  name: 'access-units',
  text: `SELECT 'organization' AS type, id, account_id, group_id, name FROM organizations WHERE id = ANY($1::uuid[])
         UNION ALL SELECT 'group', id, account_id, NULL, name FROM groups WHERE id = ANY($1::uuid[])`,
};

export interface HeldRow {
  user_id: string;
  account_id: string;
  scope_type: ScopeType;
  scope_id: string;
  role: Role;
  user_name: string;
}
/** Memberships with their users' names, the oldest first; `$1` user ids and `$2` account ids, pair by pair. */
export const membershipsOfPairs = {
  name: 'access-memberships',
  text: `SELECT m.user_id, m.account_id, m.scope_type, m.scope_id, m.role, p.name AS user_name
           FROM (SELECT DISTINCT user_id, account_id FROM unnest($1::uuid[], $2::uuid[]) AS pair (user_id, account_id)) asked
           JOIN memberships m USING (user_id, account_id)
           JOIN profiles p USING (user_id) ORDER BY m.created_at, m.id`,
};

export interface PermissionRow {
  name: string;
  roles: Role[];
}
export const wholeCatalogue = {
  name: 'access-permissions',
  text: 'SELECT name, roles FROM permissions ORDER BY name',
};

export function grantOf({ scope_type: type, scope_id: id, role }: HeldRow): Grant {
  return { scope: { type, id }, role };
}
