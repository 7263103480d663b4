import type { LendableRole, LentCredential, ScopeType } from '@valetkey/contracts';
import { timeOf } from '@valetkey/persistence';

/** What is selected of a login token or an access key `k` for what both show. */
export const lentColumns = `k.id, k.name, k.role, k.scope_type AS "scopeType", k.scope_id AS "scopeId",
    k.allowed_cidrs AS "allowedCidrs", k.expires_at AS "expiresAt", k.hint, k.last_used_at AS "lastUsedAt",
    k.last_used_from AS "lastUsedFrom", k.revision, k.created_at AS "createdAt", k.created_by_id AS "createdById",
    k.created_by_name AS "createdByName"`;

export interface LentRow {
  id: string;
  name: string;
  role: LendableRole;
  scopeType: ScopeType;
  scopeId: string;
  allowedCidrs: string[];
  expiresAt: string | null;
  hint: string;
  lastUsedAt: string | null;
  lastUsedFrom: string | null;
  revision: number;
  createdAt: string;
  createdById: string;
  createdByName: string;
}

export function toLent(row: LentRow): LentCredential {
  const { id, name, role, scopeType, scopeId, allowedCidrs, hint, lastUsedFrom } = row;
  return {
    id,
    name,
    role,
    scope: { type: scopeType, id: scopeId },
    allowedCidrs,
    ...(row.expiresAt && { expiresAt: timeOf(row.expiresAt).toISOString() }),
    hint,
    ...(row.lastUsedAt && { lastUsedAt: timeOf(row.lastUsedAt).toISOString() }),
    ...(lastUsedFrom && { lastUsedFrom }),
    createdAt: timeOf(row.createdAt).toISOString(),
    createdBy: { id: row.createdById, name: row.createdByName },
  };
}
