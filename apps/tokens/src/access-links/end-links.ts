import type { accessLinkDeleted, EndReason } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, type SqlValue } from '@valetkey/persistence';
import { endSessions } from '../sessions/end-sessions.ts';

interface EndedLink {
  id: string;
  accountId: string;
  userId: string;
  userName: string;
  sequence: number;
}

interface Ending {
  /** Ends links and returns {@link endedColumns} of each, and as `sequence` the number of the event that tells it. */
  statement: string;
  values: readonly SqlValue[];
  event: typeof accessLinkDeleted;
  /** Why their sessions end with them. */
  reason: EndReason;
}

export const endedColumns = 'id, account_id AS "accountId", user_id AS "userId", user_name AS "userName"';

/** Ends links, tells it of each, and ends all their sessions. Says how many links. */
export async function endLinks(tx: Transaction, { statement, values, event, reason }: Ending): Promise<number> {
  const ended = await sql<EndedLink>(tx.em, statement, values);
  for (const { id, accountId, userId, userName, sequence } of ended)
    tx.emit(event, { id, accountId, sequence, data: { user: { id: userId, name: userName } } });
  const ids = ended.map(({ id }) => id);
  const ofThem = { where: 'access_link_id = ANY($1::uuid[])', values: [ids] };
  if (ids.length > 0) await endSessions(tx, { ...ofThem, reason, covered: true });
  return ids.length;
}
