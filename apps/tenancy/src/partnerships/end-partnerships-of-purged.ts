import { partnershipDeleted, partnershipRevoked } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { lockPartnerships, type PartnershipRow } from './partnership-rows.ts';
import { stands } from './partnership-status.rules.ts';
import { sidesOf } from './sides-of.ts';

/** Deletes an account's partnerships with it, and tells those companies whose partnership ends by it. */
export async function endPartnershipsOfPurged(tx: Transaction, accountId: string): Promise<void> {
  const where = '(p.provider_account_id = $1 OR p.client_account_id = $1)';
  const partnerships = await lockPartnerships(tx.em, { where, values: [accountId] });
  for (const row of partnerships) if (stands(row.status)) tellOther(tx, row, accountId);
  await sql(tx.em, 'DELETE FROM partnerships WHERE id = ANY($1::uuid[])', [partnerships.map(({ id }) => id)]);
}

/** As if the company that is gone had ended it: a provider deletes, a client revokes. */
function tellOther({ emit }: Transaction, row: PartnershipRow, goneId: string): void {
  const { provider, client } = sidesOf(row);
  const facts = { id: row.id, sequence: row.version + 1, actor: { type: 'account', id: goneId } } as const;
  if (provider.accountId === goneId) emit(partnershipDeleted, { ...facts, ...client });
  else emit(partnershipRevoked, { ...facts, ...provider });
}
