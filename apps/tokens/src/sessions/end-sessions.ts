import { type EndReason, loginTokenUsed, type PartyType, sessionEnded, type SessionKind } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue } from '@valetkey/persistence';
import { sessionFacts } from './session-facts.ts';

interface EndedRow {
  id: string;
  kind: SessionKind;
  account_id: string | null;
  subject_type: PartyType;
  subject_id: string;
  login_token_id: string | null;
  version: number;
}

interface Ending {
  /** A condition on `sessions`, its parameters from `$3` on. */
  where: string;
  values: readonly SqlValue[];
  reason: EndReason;
  /** Another event of the transaction already touches whatever is kept of these sessions. */
  covered?: boolean;
}

/** Ends the live sessions that fulfil a condition, each once, and tells it. A one-time token goes with its session. */
export async function endSessions(tx: Transaction, { where, values, reason, covered }: Ending): Promise<number> {
  const ended = await sql<EndedRow>(
    tx.em,
    `UPDATE sessions SET ended_at = $1, end_reason = $2, version = version + 1
      WHERE ended_at IS NULL AND (${where})
      RETURNING id, kind, account_id, subject_type, subject_id, login_token_id, version`,
    [tx.now, reason, ...values],
  );
  for (const row of ended) {
    const facts = sessionFacts({
      kind: row.kind,
      subjectType: row.subject_type,
      subjectId: row.subject_id,
      loginTokenId: row.login_token_id,
    });
    const accountId = row.account_id ?? undefined;
    tx.emit(sessionEnded, { id: row.id, accountId, sequence: row.version, covered, data: { ...facts, reason } });
  }
  await spendOneTimeTokens(tx, ended);
  return ended.length;
}

async function spendOneTimeTokens(tx: Transaction, ended: readonly EndedRow[]): Promise<void> {
  const ids = ended.flatMap((row) => (row.login_token_id ? [row.login_token_id] : []));
  if (ids.length === 0) return;
  const used = await sql<{ id: string; account_id: string; name: string; version: number }>(
    tx.em,
    `UPDATE login_tokens SET status = 'used', version = version + 1
      WHERE id = ANY($1::uuid[]) AND type = 'one_time' AND status = 'in_use'
      RETURNING id, account_id, name, version`,
    [ids],
  );
  for (const { id, account_id: accountId, name, version } of used) {
    tx.emit(loginTokenUsed, { id, accountId, sequence: version, data: { name } });
  }
}
