import type { Grant, Party, PartyType, SessionKind, SessionState } from '@valetkey/contracts';
import { after, earlier } from './session.rules.ts';

/** What is selected of a live session and its login token. */
export const credentialColumns = `s.id, s.kind, s.account_id AS "accountId", s.organization_id AS "organizationId",
  s.subject_type AS "subjectType", s.subject_id AS "subjectId", coalesce(t.name, s.subject_name) AS "subjectName",
  s.operator, s.idle_seconds AS "idleSeconds", s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt",
  e.ends_at AS "endsAt", s.address, s.user_agent AS "userAgent", t.role, t.scope_type AS "scopeType",
  t.scope_id AS "scopeId", t.allowed_cidrs AS "allowedCidrs", s.access_link_id AS "accessLinkId",
  s.lender_id AS "lenderId", s.lender_name AS "lenderName"`;

export interface CredentialRow {
  id: string;
  kind: SessionKind;
  accountId: string | null;
  organizationId: string | null;
  subjectType: PartyType;
  subjectId: string;
  subjectName: string;
  operator: boolean;
  idleSeconds: number;
  /** As text where selected. */
  createdAt: Date | string;
  lastSeenAt: Date | string;
  endsAt: Date | string;
  address: string;
  userAgent: string;
  role: Grant['role'] | null;
  scopeType: Grant['scope']['type'] | null;
  scopeId: string | null;
  allowedCidrs: string[] | null;
  accessLinkId: string | null;
  lenderId: string | null;
  lenderName: string | null;
}

export function toCredentialState(row: CredentialRow): SessionState {
  const { id, kind, accountId, organizationId, role, scopeType, scopeId, address, userAgent } = row;
  const [lastSeen, ends] = [new Date(row.lastSeenAt), new Date(row.endsAt)];
  return {
    id,
    kind,
    subject: { type: row.subjectType, id: row.subjectId, name: row.subjectName },
    ...actorOf(row),
    ...(accountId && { accountId }),
    ...(organizationId && { organizationId }),
    ...(role && scopeType && scopeId && { grant: { scope: { type: scopeType, id: scopeId }, role } }),
    operator: row.operator,
    allowedCidrs: row.allowedCidrs ?? [],
    createdAt: new Date(row.createdAt).toISOString(),
    lastSeenAt: lastSeen.toISOString(),
    idleExpiresAt: earlier(after(lastSeen, row.idleSeconds), ends).toISOString(),
    expiresAt: ends.toISOString(),
    idleSeconds: row.idleSeconds,
    address,
    userAgent,
  };
}

/** Behind the link, whoever edited it last: they sent the user the present secret. */
function actorOf({ accessLinkId: id, lenderId, lenderName }: CredentialRow): { actor?: Party } {
  if (!id || !lenderId) return {};
  const lender: Party = { type: 'user', id: lenderId, name: lenderName ?? '' };
  return { actor: { type: 'access-link', id, name: 'Access link', actor: lender } };
}
