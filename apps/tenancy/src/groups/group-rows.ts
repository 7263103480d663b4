import type { Grant, Group as GroupView } from '@valetkey/contracts';
import { sql, type SqlValue, timeOf } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { reachOf } from '../access/reach.rules.ts';

interface GroupRow {
  id: string;
  name: string;
  organizations: number;
  version: number;
  createdAt: string;
}

/**
 * Groups `g` of an account that grants reach, or of which they reach organizations: with how many organizations they have,
 * or how many of those are reached. The condition's parameters begin at `$5`.
 */
export async function findGroups(
  em: EntityManager,
  { accountId, grants }: { accountId: string; grants: readonly Grant[] },
  { where, values }: { where: string; values: readonly SqlValue[] },
): Promise<GroupRow[]> {
  const reach = reachOf(grants);
  const everywhere = reach === 'everywhere';
  const { groups, organizations } = everywhere ? { groups: [], organizations: [] } : reach;
  const whole = '($2::boolean OR g.id = ANY($3::uuid[]))';
  return sql<GroupRow>(
    em,
    `SELECT g.id, g.name, g.version, g.created_at AS "createdAt",
            (SELECT count(*)::int FROM organizations o
              WHERE o.group_id = g.id AND (${whole} OR o.id = ANY($4::uuid[]))) AS organizations
       FROM groups g
      WHERE g.account_id = $1
        AND (${whole} OR g.id IN (SELECT o.group_id FROM organizations o WHERE o.id = ANY($4::uuid[])))
        AND ${where}`,
    [accountId, everywhere, groups, organizations, ...values],
  );
}

export function groupView({ id, name, organizations, createdAt }: GroupRow): GroupView {
  return { id, name, organizations, createdAt: timeOf(createdAt).toISOString() };
}

export function groupRevision(row: GroupRow) {
  return { ...groupView(row), revision: row.version };
}
