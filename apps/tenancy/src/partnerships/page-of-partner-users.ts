import type { PartnerUser } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { findPage } from '../search/find-page.ts';
import type { Listing } from '../search/listing.ts';
import { findPartnerUsers, partnerUserView } from './partner-user-rows.ts';
import type { PartnershipRow } from './partnership-rows.ts';
import { stands } from './partnership-status.rules.ts';

interface Asked {
  query?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A page of who is authorized, for either company alike; nobody is once the partnership has ended. */
export async function pageOfPartnerUsers(
  em: EntityManager,
  { id, status }: PartnershipRow,
  asked: Asked,
): Promise<{ items: PartnerUser[]; nextCursor: string | null }> {
  if (!stands(status)) return { items: [], nextCursor: null };
  const { ids, nextCursor } = await findPage(em, partnerUsers(id, asked), asked);
  const rows = await findPartnerUsers(em, { where: 'u.id = ANY($1::uuid[]) ORDER BY u.id DESC', values: [ids] });
  return { items: rows.map(partnerUserView), nextCursor };
}

/** Found by their names alone: their addresses are not for the other company to try. */
function partnerUsers(partnershipId: string, { cursor }: Asked): Listing {
  return {
    table: 'partner_users',
    of: { column: 'partnership_id', id: partnershipId },
    reach: 'everywhere',
    only: () => [],
    cursor,
    texts: [{ table: 'profiles', column: 'name', key: 'user_id', of: 'user_id' }],
  };
}
