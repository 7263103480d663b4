import { sessionLeft } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue } from '@valetkey/persistence';
import { factColumns, type SessionFacts, sessionFacts } from './session-facts.ts';

interface LeftRow extends SessionFacts {
  id: string;
  accountId: string;
  version: number;
}

interface Leaving {
  /** A condition on `sessions`, its parameters from `$1` on: of one account. */
  where: string;
  values: readonly SqlValue[];
}

/**
 * Takes live portal sessions out of the account where they stand, and tells it: they stand in none until another is
 * chosen. Tenancy's event of the cause touches whatever is kept of them.
 */
export async function takeOutOfAccount(tx: Transaction, leaving: Leaving): Promise<void> {
  for (const row of await leave(tx, leaving)) {
    const { id, accountId, version: sequence } = row;
    tx.emit(sessionLeft, { id, accountId, sequence, covered: true, data: sessionFacts(row) });
  }
}

async function leave({ em }: Transaction, { where, values }: Leaving): Promise<LeftRow[]> {
  return sql<LeftRow>(
    em,
    `UPDATE sessions s SET account_id = NULL, organization_id = NULL, version = version + 1
       FROM (SELECT id, account_id FROM sessions WHERE kind = 'portal' AND ended_at IS NULL AND (${where})
          ORDER BY id FOR UPDATE) stood
      WHERE s.id = stood.id
      RETURNING s.id, stood.account_id AS "accountId", s.version, ${factColumns('s')}`,
    values,
  );
}
