import type { Role, ScopeType } from '@valetkey/contracts';
import { sql, type SqlValue } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** A membership with the names of what it joins. */
export interface MembershipRow {
  id: string;
  userId: string;
  userName: string;
  userEmail: string;
  scopeType: ScopeType;
  scopeId: string;
  scopeName: string;
  accountName: string;
  /** Of the organization, if it is in one. */
  groupId: string | null;
  role: Role;
  version: number;
  createdAt: string;
}

const select = `SELECT m.id, m.user_id AS "userId", p.name AS "userName", p.primary_email AS "userEmail",
    m.scope_type AS "scopeType", m.scope_id AS "scopeId", coalesce(o.name, g.name, a.name) AS "scopeName",
    a.name AS "accountName", o.group_id AS "groupId", m.role, m.version, m.created_at AS "createdAt"
  FROM memberships m
  JOIN profiles p ON p.user_id = m.user_id
  JOIN accounts a ON a.id = m.account_id AND a.deleted_at IS NULL
  LEFT JOIN groups g ON g.id = m.group_id
  LEFT JOIN organizations o ON o.id = m.organization_id
 WHERE m.account_id = $1`;

/** Memberships `m` of an account, none of a deleted one, by users' profiles `p`; the condition's parameters begin at `$2`. */
export async function findMemberships(
  em: EntityManager,
  accountId: string,
  { where, values }: { where: string; values: readonly SqlValue[] },
): Promise<MembershipRow[]> {
  return sql<MembershipRow>(em, `${select} AND ${where}`, [accountId, ...values]);
}

export async function findMembership(
  em: EntityManager,
  accountId: string,
  id: string,
): Promise<MembershipRow | undefined> {
  return (await findMemberships(em, accountId, { where: 'm.id = $2', values: [id] }))[0];
}

/** A membership that the transaction has written. */
export async function readMembership(em: EntityManager, accountId: string, id: string): Promise<MembershipRow> {
  const row = await findMembership(em, accountId, id);
  if (!row) throw new Error('A membership just written is gone');
  return row;
}
