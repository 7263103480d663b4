import { findStayers } from '@valetkey/contracts';
import { insist } from '@valetkey/messaging';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { lockAccount } from '../accounts/account-row.ts';
import type { Asking } from '../memberships/leave-lost-places.ts';
import { takeOutOfAccount } from '../sessions/take-out-of-account.ts';

/** Users whom one question names: as many as it may. */
const BATCH = 1_000;

/**
 * Takes out of an account the portal sessions of users whom tenancy lets stand there no more; what it says now decides.
 *
 * Everybody who stands there is asked about first, since sign-ins, switches and redemptions wait while the account is locked.
 * After the lock the others are, which is who seemed lost and who has entered meanwhile: whoever was about to enter held the
 * account and is seen now, and whoever is to enter yet asks tenancy after us. Of those who stayed no question is left: what
 * they lose later is told by another event.
 */
export async function leaveLostAccount(tx: Transaction, accountId: string, tenancy: Asking): Promise<void> {
  const staying = await findStaying(accountId, await findStanding(tx.em, accountId), tenancy);
  await lockAccount(tx.em, accountId);
  const doubtful = (await findStanding(tx.em, accountId)).filter((id) => !staying.has(id));
  const cleared = await findStaying(accountId, doubtful, tenancy);
  const lost = doubtful.filter((id) => !cleared.has(id));
  const where = `account_id = $1 AND subject_type = 'user' AND subject_id = ANY($2::uuid[])`;
  if (lost.length > 0) await takeOutOfAccount(tx, { where, values: [accountId, lost] });
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

async function findStaying(
  accountId: string,
  users: readonly string[],
  { bus, context }: Asking,
): Promise<ReadonlySet<string>> {
  const staying = new Set<string>();
  for (let start = 0; start < users.length; start += BATCH) {
    const userIds = users.slice(start, start + BATCH);
    const { stay } = insist(findStayers, await bus.ask(findStayers, { accountId, userIds }, context));
    for (const [place, id] of userIds.entries()) if (stay[place]) staying.add(id);
  }
  return staying;
}
