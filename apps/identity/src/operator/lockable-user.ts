import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { User } from '../users/user.entity.ts';

/** The user whom an operator names, their row locked until the transaction ends. */
export async function findLockable(em: EntityManager, userId: string): Promise<User | null> {
  return em.findOne(User, userId, { lockMode: LockMode.PESSIMISTIC_WRITE });
}
