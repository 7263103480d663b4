import type { User as UserView } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isEnrolled } from '../two-factor/is-enrolled.ts';
import type { User } from './user.entity.ts';

/** With its version for a revision: whatever changes what it shows grows it. */
export async function userView(em: EntityManager, user: User): Promise<UserView & { revision: number }> {
  const { id, name, locale, createdAt, version: revision } = user;
  return { id, name, locale, twoFactor: await isEnrolled(em, id), createdAt: createdAt.toISOString(), revision };
}
