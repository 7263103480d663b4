import type { AccessLink, AccessLinkDelivery, AccessLinkStatus } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue, timeOf } from '@valetkey/persistence';

interface AccessLinkRow {
  id: string;
  userId: string;
  userName: string;
  email: string;
  status: AccessLinkStatus;
  expiresAt: string;
  hasPassword: boolean;
  maxUses: number | null;
  uses: number;
  waiveTwoFactor: boolean;
  delivery: AccessLinkDelivery;
  lastUsedAt: string | null;
  lastUsedFrom: string | null;
  revision: number;
  createdAt: string;
  createdById: string;
  createdByName: string;
  editedAt: string | null;
  editedById: string;
  editedByName: string;
}

type RevisedAccessLink = AccessLink & { revision: number };

const isModuleOn = `EXISTS (SELECT 1 FROM accounts a WHERE a.id = k.account_id AND 'access_links' = ANY(a.modules))`;

/** A link past its expiry shows so at once, whether or not the sweep has noted it; `$2` is the time. */
export const shownStatus = `CASE WHEN k.status NOT IN ('live', 'locked') THEN k.status
    WHEN k.expires_at <= $2 THEN 'expired' WHEN NOT ${isModuleOn} THEN 'suspended' ELSE k.status END`;

const select = `SELECT k.id, k.user_id AS "userId", k.user_name AS "userName", k.email, ${shownStatus} AS status,
    k.expires_at AS "expiresAt", k.password_hash IS NOT NULL AS "hasPassword", k.max_uses AS "maxUses", k.uses,
    k.waive_two_factor AS "waiveTwoFactor", k.delivery, k.last_used_at AS "lastUsedAt", k.last_used_from AS "lastUsedFrom",
    k.revision, k.created_at AS "createdAt", k.created_by_id AS "createdById", k.created_by_name AS "createdByName",
    k.edited_at AS "editedAt", k.edited_by_id AS "editedById", k.edited_by_name AS "editedByName"
  FROM access_links k WHERE k.account_id = $1`;

/** Where and when it is looked: a transaction, or a manager with the present time. */
type Look = Pick<Transaction, 'em' | 'now'>;

/** Access links `k` of an account as they are shown, by a further condition; its parameters begin at `$3`. */
export async function findAccessLinks(
  { em, now }: Look,
  accountId: string,
  { where, values }: { where: string; values: readonly SqlValue[] },
): Promise<AccessLinkRow[]> {
  return sql<AccessLinkRow>(em, `${select} AND ${where}`, [accountId, now, ...values]);
}

/** One link with the revision that its ETag shows. */
export async function findAccessLink(
  look: Look,
  accountId: string,
  id: string,
): Promise<RevisedAccessLink | undefined> {
  const [row] = await findAccessLinks(look, accountId, { where: 'k.id = $3', values: [id] });
  return row && { ...toAccessLink(row), revision: row.revision };
}

/** A link that the transaction has written, for its answer. */
export async function showAccessLink(tx: Transaction, accountId: string, id: string): Promise<RevisedAccessLink> {
  const link = await findAccessLink(tx, accountId, id);
  if (!link) throw new Error('An access link just written is gone');
  return link;
}

export function toAccessLink(row: AccessLinkRow): AccessLink {
  const { id, email, status, hasPassword, maxUses, uses, waiveTwoFactor, delivery, lastUsedFrom } = row;
  return {
    id,
    user: { id: row.userId, name: row.userName },
    email,
    status,
    expiresAt: timeOf(row.expiresAt).toISOString(),
    hasPassword,
    ...(maxUses !== null && { maxUses }),
    uses,
    waiveTwoFactor,
    delivery,
    ...(row.lastUsedAt && { lastUsedAt: timeOf(row.lastUsedAt).toISOString() }),
    ...(lastUsedFrom && { lastUsedFrom }),
    createdAt: timeOf(row.createdAt).toISOString(),
    createdBy: { id: row.createdById, name: row.createdByName },
    ...(row.editedAt && { editedBy: { id: row.editedById, name: row.editedByName } }),
  };
}
