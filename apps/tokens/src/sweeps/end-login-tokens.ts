import { loginTokenExpired, loginTokenUsed } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { endSessions } from '../sessions/end-sessions.ts';
import { BATCH } from './batch.ts';

interface Ended {
  id: string;
  accountId: string;
  name: string;
  version: number;
  status: 'used' | 'expired';
}

/** Login tokens past their expiry, with their sessions. Rows that another replica holds are its own to end. */
export async function endLoginTokens(tx: Transaction): Promise<number> {
  const ended = await sql<Ended>(
    tx.em,
    `UPDATE login_tokens SET status = CASE status WHEN 'in_use' THEN 'used' ELSE 'expired' END, version = version + 1
      WHERE id IN (SELECT id FROM login_tokens WHERE status IN ('active', 'ready', 'in_use') AND expires_at <= $1
        ORDER BY expires_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
      RETURNING id, account_id AS "accountId", name, version, status`,
    [tx.now],
  );
  for (const { id, accountId, version: sequence, name, status } of ended) {
    tx.emit(status === 'used' ? loginTokenUsed : loginTokenExpired, { id, accountId, sequence, data: { name } });
  }
  const ids = ended.map(({ id }) => id);
  if (ids.length > 0)
    await endSessions(tx, { where: 'login_token_id = ANY($1::uuid[])', values: [ids], reason: 'credential-expired' });
  return ended.length;
}
