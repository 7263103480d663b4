import type { EntityManager } from '@mikro-orm/postgresql';
import { type Condition, findPartnerships, lockPartnerships, type PartnershipRow } from './partnership-rows.ts';

interface OnePartnerToken {
  accountId: string;
  partnerTokenId: string;
}

/** A partnership in its provider's sight: of this account, and not deleted by it. */
const inSight = ({ accountId, partnerTokenId }: OnePartnerToken): Condition => ({
  where: 'p.provider_account_id = $1 AND p.id = $2 AND NOT p.deleted',
  values: [accountId, partnerTokenId],
});

export async function findOfProvider(em: EntityManager, one: OnePartnerToken): Promise<PartnershipRow | undefined> {
  return (await findPartnerships(em, inSight(one)))[0];
}

/** As {@link findOfProvider}, its row locked until the transaction ends. The account's row is locked before. */
export async function lockOfProvider(em: EntityManager, one: OnePartnerToken): Promise<PartnershipRow | undefined> {
  return (await lockPartnerships(em, inSight(one)))[0];
}
