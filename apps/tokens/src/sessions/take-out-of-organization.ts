import { type PartyType, type SessionKind, sessionOrganizationChanged } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { sessionFacts } from './session-facts.ts';

interface Row {
  id: string;
  kind: SessionKind;
  subjectType: PartyType;
  subjectId: string;
  loginTokenId: string | null;
  version: number;
}

interface Leaving {
  userId: string;
  accountId: string;
  organizationId: string;
}

/** Takes a user's portal sessions out of an organization that they reach no more: they stay in the account. */
export async function takeOutOfOrganization(
  { em, emit }: Transaction,
  { userId, accountId, organizationId: from }: Leaving,
): Promise<void> {
  const left = await sql<Row>(
    em,
    `UPDATE sessions SET organization_id = NULL, version = version + 1
      WHERE id IN (SELECT id FROM sessions WHERE subject_type = 'user' AND subject_id = $1 AND kind = 'portal'
          AND account_id = $2 AND organization_id = $3 AND ended_at IS NULL ORDER BY id FOR UPDATE)
      RETURNING id, kind, subject_type AS "subjectType", subject_id AS "subjectId",
        login_token_id AS "loginTokenId", version`,
    [userId, accountId, from],
  );
  for (const row of left) {
    const { id, version: sequence } = row;
    const data = { ...sessionFacts(row), from };
    emit(sessionOrganizationChanged, { id, accountId, sequence, covered: true, data });
  }
}
