import { sessionOrganizationChanged } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { factColumns, type SessionFacts, sessionFacts } from './session-facts.ts';

interface Row extends SessionFacts {
  id: string;
  version: number;
}

interface Leaving {
  userId: string;
  accountId: string;
  organizationId: string;
}

/** Takes a user's sessions, those of access links too, out of an organization that they reach no more: they stay in the account. */
export async function takeOutOfOrganization(
  { em, emit }: Transaction,
  { userId, accountId, organizationId: from }: Leaving,
): Promise<void> {
  const left = await sql<Row>(
    em,
    `UPDATE sessions SET organization_id = NULL, version = version + 1
      WHERE id IN (SELECT id FROM sessions WHERE subject_type = 'user' AND subject_id = $1 AND kind IN ('portal', 'access_link')
          AND account_id = $2 AND organization_id = $3 AND ended_at IS NULL ORDER BY id FOR UPDATE)
      RETURNING id, version, ${factColumns()}`,
    [userId, accountId, from],
  );
  for (const row of left) {
    const { id, version: sequence } = row;
    const data = { ...sessionFacts(row), from };
    emit(sessionOrganizationChanged, { id, accountId, sequence, covered: true, data });
  }
}
