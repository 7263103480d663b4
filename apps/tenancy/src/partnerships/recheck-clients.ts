import { recheckStanders } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { whereStanding } from './partnership-status.queries.ts';

/**
 * Has tokens look anew at who stands in the accounts of a provider's clients, none of whose partnerships lets anybody stand
 * there from now on. No event of theirs tells it: what the provider may and whether it is there is not their affair. So there it
 * is the provider's act, whoever did it here.
 */
export async function recheckClients({ em, attribute, order }: Transaction, providerId: string): Promise<void> {
  const clients = await sql<{ id: string }>(
    em,
    `SELECT client_account_id AS id FROM partnerships
      WHERE provider_account_id = $1 AND ${whereStanding} ORDER BY client_account_id`,
    [providerId],
  );
  attribute({ actor: { type: 'account', id: providerId } });
  for (const { id: accountId } of clients) order(recheckStanders, `account:${accountId}`, { accountId });
}
