import type { EntityManager } from '@mikro-orm/postgresql';
import { type Condition, findPartnerships, lockPartnerships, type PartnershipRow } from './partnership-rows.ts';

interface OnePartner {
  accountId: string;
  partnerId: string;
}

/** A partnership in its client's sight: one that this account took up, be it that it has ended since. */
const inSight = ({ accountId, partnerId }: OnePartner): Condition => ({
  where: 'p.client_account_id = $1 AND p.id = $2',
  values: [accountId, partnerId],
});

export async function findOfClient(em: EntityManager, one: OnePartner): Promise<PartnershipRow | undefined> {
  return (await findPartnerships(em, inSight(one)))[0];
}

/** As {@link findOfClient}, its row locked until the transaction ends. The account's row is locked before. */
export async function lockOfClient(em: EntityManager, one: OnePartner): Promise<PartnershipRow | undefined> {
  return (await lockPartnerships(em, inSight(one)))[0];
}
