import type { PartnershipStatus } from '@valetkey/contracts';
import { sql, type SqlValue } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** A partnership with the names of both companies. */
export interface PartnershipRow {
  id: string;
  providerAccountId: string;
  providerName: string;
  /** Nobody's while it is pending or lapsed. */
  clientAccountId: string | null;
  clientAccountName: string | null;
  /** What the provider calls the client; not for the client to see. */
  clientName: string | null;
  /** As it was written: past its expiry it may still say `pending`. */
  status: PartnershipStatus;
  /** Gone from the provider's sight. */
  deleted: boolean;
  /** The ceiling. */
  permissions: string[];
  /** How many are authorized; those of a revoked one count no more and are taken out after a while. */
  users: number;
  expiresAt: string | null;
  version: number;
  revision: number;
  createdAt: string;
  /** When a client took it up. */
  activatedAt: string | null;
}

const select = `SELECT p.id, p.provider_account_id AS "providerAccountId", provider.name AS "providerName",
    p.client_account_id AS "clientAccountId", client.name AS "clientAccountName", p.client_name AS "clientName", p.status,
    p.deleted, p.permissions, p.users, p.expires_at AS "expiresAt", p.version, p.revision, p.created_at AS "createdAt", p.activated_at AS "activatedAt"
  FROM partnerships p
  JOIN accounts provider ON provider.id = p.provider_account_id
  LEFT JOIN accounts client ON client.id = p.client_account_id`;

export interface Condition {
  /** On partnerships `p`. */
  where: string;
  values: readonly SqlValue[];
}

export async function findPartnerships(em: EntityManager, { where, values }: Condition): Promise<PartnershipRow[]> {
  return sql<PartnershipRow>(em, `${select} WHERE ${where}`, values);
}

/**
 * Partnerships whose rows are locked until the transaction ends, always in the order of their ids. They are read after the
 * lock: a row that was waited for is joined to the names of before.
 */
export async function lockPartnerships(em: EntityManager, { where, values }: Condition): Promise<PartnershipRow[]> {
  const text = `SELECT p.id FROM partnerships p WHERE ${where} ORDER BY p.id FOR UPDATE`;
  const ids = (await sql<{ id: string }>(em, text, values)).map(({ id }) => id);
  return findPartnerships(em, { where: 'p.id = ANY($1::uuid[]) ORDER BY p.id', values: [ids] });
}
