import type { CredentialState, Grant, LiveSession, PartyType, SessionKind } from '@valetkey/contracts';
import { timeOf } from '@valetkey/persistence';

/** What is selected of a live session. */
export const credentialColumns = `s.id, s.kind, s.secret_hash, s.account_id, s.organization_id, s.subject_type, s.subject_id,
  coalesce(t.name, s.subject_name) AS subject_name, s.operator, s.idle_seconds, s.created_at, s.last_seen_at, e.ends_at,
  s.address, s.user_agent, t.role, t.scope_type, t.scope_id, t.allowed_cidrs`;

export interface CredentialRow {
  id: string;
  kind: SessionKind;
  secret_hash: string;
  account_id: string | null;
  organization_id: string | null;
  subject_type: PartyType;
  subject_id: string;
  subject_name: string;
  operator: boolean;
  idle_seconds: number;
  created_at: string;
  last_seen_at: string;
  ends_at: string;
  address: string;
  user_agent: string;
  role: Grant['role'] | null;
  scope_type: Grant['scope']['type'] | null;
  scope_id: string | null;
  allowed_cidrs: string[] | null;
}

export function toCredentialState(row: CredentialRow): CredentialState {
  const { role, scope_type: type, scope_id: id } = row;
  return {
    ...liveFacts(row),
    ...(row.account_id && { accountId: row.account_id }),
    ...(role && type && id && { grant: { scope: { type, id }, role } }),
    operator: row.operator,
    allowedCidrs: row.allowed_cidrs ?? [],
    idleSeconds: row.idle_seconds,
  };
}

export function toLiveSession(row: CredentialRow): LiveSession {
  return liveFacts(row);
}

function liveFacts(row: CredentialRow) {
  const lastSeen = timeOf(row.last_seen_at);
  return {
    id: row.id,
    kind: row.kind,
    subject: { type: row.subject_type, id: row.subject_id, name: row.subject_name },
    ...(row.organization_id && { organizationId: row.organization_id }),
    createdAt: timeOf(row.created_at).toISOString(),
    lastSeenAt: lastSeen.toISOString(),
    idleExpiresAt: new Date(lastSeen.getTime() + row.idle_seconds * 1000).toISOString(),
    expiresAt: timeOf(row.ends_at).toISOString(),
    address: row.address,
    userAgent: row.user_agent,
  };
}
