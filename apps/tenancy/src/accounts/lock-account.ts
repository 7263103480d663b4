import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Account } from './account.entity.ts';

/** The account, its row locked until the transaction ends: writes in one account take turns. */
export async function lockAccount(em: EntityManager, accountId: string): Promise<Account | null> {
  return em.findOne(Account, accountId, { lockMode: LockMode.PESSIMISTIC_WRITE });
}
