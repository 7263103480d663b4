import type { PartnerUser } from '@valetkey/contracts';
import { sql, type SqlValue, timeOf } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** What a user of the provider's is granted in the client's account. */
export interface PartnerUserRow {
  id: string;
  partnershipId: string;
  userId: string;
  userName: string;
  permissions: string[];
  /** What it was before the ceiling cut it, until that has been told. */
  narrowedFrom: string[] | null;
  version: number;
  createdAt: string;
}

/** Columns of partner users `u` with their profiles `n`. */
const partnerUserColumns = `u.id, u.partnership_id AS "partnershipId", u.user_id AS "userId", n.name AS "userName",
    u.permissions, u.narrowed_from AS "narrowedFrom", u.version, u.created_at AS "createdAt"`;

/** Partner users `u` by a condition. */
export async function findPartnerUsers(
  em: EntityManager,
  { where, values }: { where: string; values: readonly SqlValue[] },
): Promise<PartnerUserRow[]> {
  const text = `SELECT ${partnerUserColumns} FROM partner_users u JOIN profiles n ON n.user_id = u.user_id WHERE ${where}`;
  return sql<PartnerUserRow>(em, text, values);
}

export async function findPartnerUser(
  em: EntityManager,
  { partnershipId, userId }: { partnershipId: string; userId: string },
): Promise<PartnerUserRow | undefined> {
  const values = [partnershipId, userId];
  return (await findPartnerUsers(em, { where: 'u.partnership_id = $1 AND u.user_id = $2', values }))[0];
}

/** Takes partner users `u` out, whose partnerships are locked. */
export async function deletePartnerUsers(
  em: EntityManager,
  { where, values }: { where: string; values: readonly SqlValue[] },
): Promise<PartnerUserRow[]> {
  const text = `DELETE FROM partner_users u USING profiles n WHERE n.user_id = u.user_id AND ${where}
    RETURNING ${partnerUserColumns}`;
  return sql<PartnerUserRow>(em, text, values);
}

export function partnerUserView({ userId, userName, permissions, createdAt }: PartnerUserRow): PartnerUser {
  return { user: { id: userId, name: userName }, permissions, createdAt: timeOf(createdAt).toISOString() };
}
