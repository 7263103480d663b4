import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { partnerGrantsOfUser, type PartnerGrantRow } from './partner-grants.queries.ts';

/**
 * By which partnerships a user can enter other companies' accounts; staying, also the disabled ones, by which one who
 * stands there already stays.
 */
export async function partnerGrantsOf(
  em: EntityManager,
  userId: string,
  { staying = false }: { staying?: boolean } = {},
): Promise<{ accountId: string; partnership: { id: string; providerAccountId: string } }[]> {
  const rows = await sql<PartnerGrantRow>(em, partnerGrantsOfUser, [userId]);
  return rows
    .filter(({ disabled }) => staying || !disabled)
    .map(({ account_id: accountId, partnership_id: id, provider_account_id: providerAccountId }) => ({
      accountId,
      partnership: { id, providerAccountId },
    }));
}
