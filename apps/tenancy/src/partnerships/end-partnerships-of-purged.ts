import { partnershipDeleted, partnershipRevoked } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { BATCH } from '../batch.ts';
import { type Condition, lockPartnerships, type PartnershipRow } from './partnership-rows.ts';
import { whereStanding } from './partnership-status.queries.ts';
import { sidesOf } from './sides-of.ts';

const ofEither = '(p.provider_account_id = $1 OR p.client_account_id = $1)';

/** An account `a` none of whose partnerships has users left to be taken out: see `endGrantsOfEnded`. */
export const nobodyToTakeOut = `NOT EXISTS (SELECT FROM partnerships p
  WHERE p.status = 'revoked' AND p.users > 0 AND a.id IN (p.provider_account_id, p.client_account_id))`;

/**
 * Ends some partnerships of an account about to be purged, whose row is locked, and tells the companies that lose them; their
 * users are taken out, and told of, as those of any that has ended. False when none stands any more.
 */
export async function endPartnershipsOfPurged(tx: Transaction, accountId: string): Promise<boolean> {
  const some = `SELECT p.id FROM partnerships p WHERE ${ofEither} AND p.${whereStanding} LIMIT ${BATCH}`;
  const standing: Condition = { where: `p.id IN (${some}) AND p.${whereStanding}`, values: [accountId] };
  const partnerships = await lockPartnerships(tx.em, standing);
  await sql(
    tx.em,
    `UPDATE partnerships SET status = 'revoked', version = version + 1, revision = revision + 1 WHERE id = ANY($1::uuid[])`,
    [partnerships.map(({ id }) => id)],
  );
  for (const row of partnerships) tellOther(tx, row, accountId);
  return partnerships.length > 0;
}

/**
 * Deletes all partnerships of an account that is purged. Those that ended long ago leave the other company's list with it: what
 * they were with is gone, its name too. The other's trail keeps them.
 */
export async function deletePartnershipsOfPurged({ em }: Transaction, accountId: string): Promise<void> {
  await sql(em, `DELETE FROM partnerships p WHERE ${ofEither}`, [accountId]);
}

/** As if the company that is gone had ended it: a provider deletes, a client revokes. */
function tellOther({ emit }: Transaction, row: PartnershipRow, goneId: string): void {
  const { provider, client } = sidesOf(row);
  const facts = { id: row.id, sequence: row.version + 1, actor: { type: 'account', id: goneId } } as const;
  if (provider.accountId === goneId) emit(partnershipDeleted, { ...facts, ...client });
  else emit(partnershipRevoked, { ...facts, ...provider });
}
