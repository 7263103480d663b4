import { Failure } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { findPartnerUser, type PartnerUserRow } from './partner-user-rows.ts';
import type { PartnershipRow } from './partnership-rows.ts';
import { stands } from './partnership-status.rules.ts';
import { lockOfProvider } from './provider-partnership.ts';

interface Locked {
  partnership: PartnershipRow;
  user: PartnerUserRow;
}

/** A user of a partnership that has not ended, for the provider to change: whoever does holds the partnership's row. */
export async function lockPartnerUser(
  em: EntityManager,
  { accountId, partnerTokenId, userId }: { accountId: string; partnerTokenId: string; userId: string },
): Promise<Locked | Failure<'not_found'>> {
  const partnership = await lockOfProvider(em, { accountId, partnerTokenId });
  if (!partnership || !stands(partnership.status)) return new Failure('not_found');
  const user = await findPartnerUser(em, { partnershipId: partnership.id, userId });
  return user ? { partnership, user } : new Failure('not_found');
}
