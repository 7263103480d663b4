import type { EntityManager } from '@mikro-orm/postgresql';
import { Email } from '../users/email.entity.ts';
import type { User } from '../users/user.entity.ts';

/** What an attacker would try first for a user: their name, and all their addresses, verified or not. */
export async function personalWords(
  em: EntityManager,
  { id: user, name }: Pick<User, 'id' | 'name'>,
): Promise<string[]> {
  const emails = await em.find(Email, { user });
  return [name, ...emails.map(({ address }) => address)];
}
