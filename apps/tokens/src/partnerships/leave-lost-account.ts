import { findStayers } from '@valetkey/contracts';
import { type Bus, type HandlerContext, insist } from '@valetkey/messaging';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { lockAccount } from '../accounts/account-row.ts';
import { takeOutOfAccount } from '../sessions/take-out-of-account.ts';

/** Users whom one question names: as many as it may. */
const BATCH = 1_000;

/**
 * Takes out of an account the portal sessions of users whom tenancy lets stand there no more; what it says now decides. The
 * account is locked before: whoever is about to enter it has entered by then, or asks after us.
 */
export async function leaveLostAccount(
  tx: Transaction,
  accountId: string,
  { bus, context }: { bus: Bus; context: HandlerContext },
): Promise<void> {
  await lockAccount(tx.em, accountId);
  const standing = await findStanding(tx.em, accountId);
  for (let start = 0; start < standing.length; start += BATCH) {
    const userIds = standing.slice(start, start + BATCH);
    const { stay } = insist(findStayers, await bus.ask(findStayers, { accountId, userIds }, context));
    const lost = userIds.filter((_, place) => !stay[place]);
    const where = `account_id = $1 AND subject_type = 'user' AND subject_id = ANY($2::uuid[])`;
    if (lost.length > 0) await takeOutOfAccount(tx, { where, values: [accountId, lost] });
  }
}

async function findStanding(em: EntityManager, accountId: string): Promise<string[]> {
  const users = await sql<{ id: string }>(
    em,
    `SELECT DISTINCT subject_id AS id FROM sessions
      WHERE account_id = $1 AND subject_type = 'user' AND kind = 'portal' AND ended_at IS NULL ORDER BY subject_id`,
    [accountId],
  );
  return users.map(({ id }) => id);
}
