import type { InvitationStatus, Role, ScopeType } from '@valetkey/contracts';
import { sql, type SqlValue } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** An invitation with the names of where it leads. */
export interface InvitationRow {
  id: string;
  accountId: string;
  accountName: string;
  email: string;
  scopeType: ScopeType;
  scopeId: string;
  scopeName: string;
  /** Of the organization, if it is in one. */
  groupId: string | null;
  role: Role;
  /** As it was written: past its expiry it may still say `pending`. */
  status: InvitationStatus;
  expiresAt: string;
  acceptedBy: string | null;
  createdAt: string;
  createdById: string;
  createdByName: string;
  version: number;
}

const select = `SELECT i.id, i.account_id AS "accountId", a.name AS "accountName", i.email, i.scope_type AS "scopeType",
    i.scope_id AS "scopeId", coalesce(o.name, g.name, a.name) AS "scopeName", o.group_id AS "groupId", i.role, i.status,
    i.expires_at AS "expiresAt", i.accepted_by AS "acceptedBy", i.created_at AS "createdAt",
    i.created_by_id AS "createdById", i.created_by_name AS "createdByName", i.version
  FROM invitations i
  JOIN accounts a ON a.id = i.account_id AND a.deleted_at IS NULL
  LEFT JOIN groups g ON g.id = i.scope_id AND i.scope_type = 'group'
  LEFT JOIN organizations o ON o.id = i.scope_id AND i.scope_type = 'organization'`;

/** Invitations `i` by a condition; those of a deleted account are out of everybody's sight. */
export async function findInvitations(
  em: EntityManager,
  { where, values }: { where: string; values: readonly SqlValue[] },
): Promise<InvitationRow[]> {
  return sql<InvitationRow>(em, `${select} WHERE ${where}`, values);
}

/** An invitation that the transaction has written. */
export async function readInvitation(em: EntityManager, id: string): Promise<InvitationRow> {
  const [row] = await findInvitations(em, { where: 'i.id = $1', values: [id] });
  if (!row) throw new Error('An invitation just written is gone');
  return row;
}
