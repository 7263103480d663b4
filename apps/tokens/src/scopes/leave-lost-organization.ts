import type { Bus, HandlerContext } from '@valetkey/messaging';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { leaveLostPlaces } from '../memberships/leave-lost-places.ts';

/** Takes users’ sessions out of an organization where tenancy lets their users stand no more. */
export async function leaveLostOrganization(
  tx: Transaction,
  { accountId, organizationId }: { accountId: string; organizationId: string },
  tenancy: { bus: Bus; context: HandlerContext },
): Promise<void> {
  const members = await sql<{ userId: string }>(
    tx.em,
    `SELECT DISTINCT subject_id AS "userId" FROM sessions
      WHERE account_id = $1 AND organization_id = $2 AND subject_type = 'user' AND ended_at IS NULL
      ORDER BY subject_id`,
    [accountId, organizationId],
  );
  for (const { userId } of members) await leaveLostPlaces(tx, { userId, accountId }, tenancy);
}
