import type { AccessKeyState, LendableRole, ScopeType } from '@valetkey/contracts';
import { sql, timeOf } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

interface KeyRow {
  hash: string;
  id: string;
  name: string;
  accountId: string;
  role: LendableRole;
  scopeType: ScopeType;
  scopeId: string;
  allowedCidrs: string[];
  createdAt: string;
  endsAt: string | null;
}

const columns = `k.id, k.name, k.account_id AS "accountId", k.role, k.scope_type AS "scopeType",
  k.scope_id AS "scopeId", k.allowed_cidrs AS "allowedCidrs", k.created_at AS "createdAt"`;

/** Live keys by their secrets, the present ones and those within their grace; by index each. */
const lookUp = `
  SELECT k.secret_hash AS hash, ${columns}, k.expires_at AS "endsAt" FROM access_keys k
   WHERE k.secret_hash = ANY($1) AND (k.expires_at IS NULL OR k.expires_at > $2)
  UNION ALL
  SELECT k.previous_secret_hash, ${columns}, least(k.expires_at, k.previous_secret_ends_at) FROM access_keys k
   WHERE k.previous_secret_hash = ANY($1) AND k.previous_secret_ends_at > $2
     AND (k.expires_at IS NULL OR k.expires_at > $2)`;

/** The states of those hashes that are of live access keys. */
export async function lookUpAccessKeys(
  em: EntityManager,
  hashes: readonly string[],
  now: Date,
): Promise<Map<string, AccessKeyState>> {
  const rows = await sql<KeyRow>(em, lookUp, [hashes, now]);
  return new Map(rows.map((row) => [row.hash, toState(row)]));
}

function toState({ id, name, accountId, role, scopeType, scopeId, ...row }: KeyRow): AccessKeyState {
  return {
    kind: 'access_key',
    id,
    subject: { type: 'access-key', id, name },
    accountId,
    // What is lent for one organization stands in it, there being no other to choose.
    ...(scopeType === 'organization' && { organizationId: scopeId }),
    grant: { scope: { type: scopeType, id: scopeId }, role },
    operator: false,
    allowedCidrs: row.allowedCidrs,
    createdAt: timeOf(row.createdAt).toISOString(),
    ...(row.endsAt !== null && { expiresAt: timeOf(row.endsAt).toISOString() }),
  };
}
