import type { Role, ScopeType } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Reacher } from './reach-change.rules.ts';

interface Row {
  userId: string;
  name: string;
  type: ScopeType;
  scopeId: string;
  role: Role;
}

/** Users with a membership in one of these groups and organizations, and all that they hold in the account. */
export async function findReachers(em: EntityManager, accountId: string, scopeIds: string[]): Promise<Reacher[]> {
  const rows = await sql<Row>(
    em,
    `SELECT m.user_id AS "userId", p.name, m.scope_type AS type, m.scope_id AS "scopeId", m.role
       FROM memberships m JOIN profiles p ON p.user_id = m.user_id
      WHERE m.account_id = $1
        AND m.user_id IN (SELECT user_id FROM memberships 
             WHERE account_id = $1 AND (group_id = ANY($2::uuid[]) OR organization_id = ANY($2::uuid[])))
      ORDER BY m.user_id, m.id`,
    [accountId, scopeIds],
  );
  return [...Map.groupBy(rows, ({ userId }) => userId)].map(([id, held]) => ({
    id,
    name: held[0]?.name ?? '',
    grants: held.map(({ type, scopeId, role }) => ({ scope: { type, id: scopeId }, role })),
  }));
}
