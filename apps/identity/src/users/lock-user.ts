import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { User } from './user.entity.ts';

/** The user, their row locked until the transaction ends: whatever changes a user or their addresses takes turns. */
export async function lockUser(em: EntityManager, userId: string): Promise<User> {
  return em.findOneOrFail(User, userId, { lockMode: LockMode.PESSIMISTIC_WRITE });
}
