import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Account, live } from './account.entity.ts';

/** The account, its row locked until the transaction ends: writes in one account take turns. Null if it was deleted. */
export async function lockAccount(em: EntityManager, accountId: string): Promise<Account | null> {
  return em.findOne(Account, { id: accountId, ...live }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** As {@link lockAccount}, for platform staff: a deleted one too. */
export async function lockAnyAccount(em: EntityManager, accountId: string): Promise<Account | null> {
  return em.findOne(Account, accountId, { lockMode: LockMode.PESSIMISTIC_WRITE });
}
