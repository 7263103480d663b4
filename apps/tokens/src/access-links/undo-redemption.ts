import type { EndReason } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { endSessions } from '../sessions/end-sessions.ts';
import type { ShownLink } from './shown-links.ts';

/** A redemption whose answer nobody got, and why its session ends. */
export interface Redemption {
  link: ShownLink;
  sessionId: string;
  reason: EndReason;
}

// A user has one live link in the account: where another has come since, a used one stays so.
const giveBack = `
  UPDATE access_links k SET uses = uses - 1, status = CASE status WHEN 'used' THEN 'live' ELSE status END
    WHERE id = $1 AND secret_hash = $2 AND (status <> 'used' OR NOT EXISTS (SELECT 1 FROM access_links o
      WHERE o.account_id = k.account_id AND o.user_id = k.user_id AND o.status IN ('live', 'locked')))`;

/** Ends the session that a link has just opened, and gives the link its use back. */
export async function undoRedemption(
  tx: Transaction,
  { link: { id, secretHash }, sessionId, reason }: Redemption,
): Promise<void> {
  await sql(tx.em, giveBack, [id, secretHash]);
  await endSessions(tx, { where: 'id = $1', values: [sessionId], reason });
}
