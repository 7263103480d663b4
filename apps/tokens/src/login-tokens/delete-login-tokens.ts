import { loginTokenDeleted } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { type Condition, deleteLent } from '../lent/delete-lent.ts';
import { endSessions } from '../sessions/end-sessions.ts';

/** Deletes the tokens that fulfil a condition on `login_tokens`, and ends all their sessions. Says how many. */
export async function deleteLoginTokens(tx: Transaction, which: Condition): Promise<number> {
  const ids = await deleteLent(tx, { table: 'login_tokens', event: loginTokenDeleted }, which);
  const ofThem = { where: 'login_token_id = ANY($1::uuid[])', values: [ids] };
  if (ids.length > 0) await endSessions(tx, { ...ofThem, reason: 'credential-deleted', covered: true });
  return ids.length;
}
