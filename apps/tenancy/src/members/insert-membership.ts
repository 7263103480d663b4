import { membershipGranted, type Role, type Scope } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { v7 as uuidv7 } from 'uuid';
import { type MembershipRow, readMembership } from './membership-rows.ts';
import { toldOfMembership } from './membership-view.ts';

interface NewMembership {
  accountId: string;
  userId: string;
  scope: Scope;
  role: Role;
}

/** Makes a user a member and tells it. Nothing when they are one in this scope already, in whatever role. */
export async function insertMembership(
  { em, now, emit }: Transaction,
  { accountId, userId, scope, role }: NewMembership,
): Promise<MembershipRow | undefined> {
  const id = uuidv7({ msecs: now.getTime() });
  const inserted = await sql(
    em,
    `INSERT INTO memberships (id, user_id, account_id, group_id, organization_id, role, version, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, 1, $7) ON CONFLICT ON CONSTRAINT memberships_one_role DO NOTHING RETURNING id`,
    [
      id,
      userId,
      accountId,
      scope.type === 'group' ? scope.id : null,
      scope.type === 'organization' ? scope.id : null,
      role,
      now,
    ],
  );
  if (inserted.length === 0) return undefined;
  const row = await readMembership(em, accountId, id);
  const data = { ...toldOfMembership(row, { to: role }), role };
  emit(membershipGranted, { id, accountId, sequence: row.version, data });
  return row;
}
