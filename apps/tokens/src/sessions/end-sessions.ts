import { type EndReason, loginTokenUsed, sessionEnded } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue } from '@valetkey/persistence';
import { factColumns, type SessionFacts, sessionFacts } from './session-facts.ts';

interface EndedRow extends SessionFacts {
  id: string;
  accountId: string | null;
  version: number;
}

interface Ending {
  /** A condition on `sessions`, its parameters from `$1` on. */
  where: string;
  values: readonly SqlValue[];
  reason: EndReason;
  /** Another event of the transaction already touches whatever is kept of these sessions. */
  covered?: boolean;
}

/** Ends the live sessions that fulfil a condition, each once, and tells it. A one-time token goes with its session. */
export async function endSessions(tx: Transaction, ending: Ending): Promise<number> {
  await lockOneTimeTokens(tx, ending);
  const ended = await end(tx, ending);
  const { reason, covered } = ending;
  for (const row of ended) {
    const { id, accountId, version: sequence } = row;
    const data = { ...sessionFacts(row), reason };
    tx.emit(sessionEnded, { id, accountId: accountId ?? undefined, sequence, covered, data });
  }
  await spendOneTimeTokens(tx, ended);
  return ended.length;
}

/**
 * Whoever redeems, edits or deletes a token locks it before its sessions. Here their sessions say which tokens, so the
 * tokens that will be spent are locked first: nobody waits for another in a circle.
 */
async function lockOneTimeTokens({ em }: Transaction, { where, values }: Ending): Promise<void> {
  await sql(
    em,
    `SELECT 1 FROM login_tokens WHERE type = 'one_time' AND status = 'in_use'
        AND id IN (SELECT login_token_id FROM sessions WHERE ended_at IS NULL AND (${where}))
      ORDER BY id FOR UPDATE`,
    values,
  );
}

async function end({ em, now }: Transaction, { where, values, reason }: Ending): Promise<EndedRow[]> {
  const [nowAt, reasonAt] = [`$${values.length + 1}::timestamptz`, `$${values.length + 2}::text`];
  return sql<EndedRow>(
    em,
    `UPDATE sessions SET ended_at = ${nowAt}, end_reason = ${reasonAt}, version = version + 1
      WHERE ended_at IS NULL
        AND id IN (SELECT id FROM sessions WHERE ended_at IS NULL AND (${where}) ORDER BY id FOR UPDATE)
      RETURNING id, account_id AS "accountId", version, ${factColumns()}`,
    [...values, now, reason],
  );
}

async function spendOneTimeTokens(tx: Transaction, ended: readonly EndedRow[]): Promise<void> {
  const ids = ended.flatMap(({ loginTokenId }) => loginTokenId ?? []);
  if (ids.length === 0) return;
  const used = await sql<{ id: string; accountId: string; name: string; version: number }>(
    tx.em,
    `UPDATE login_tokens SET status = 'used', version = version + 1
      WHERE id = ANY($1::uuid[]) AND type = 'one_time' AND status = 'in_use'
      RETURNING id, account_id AS "accountId", name, version`,
    [ids],
  );
  for (const { id, accountId, name, version: sequence } of used) {
    tx.emit(loginTokenUsed, { id, accountId, sequence, data: { name } });
  }
}
