import { type AskOf, keepProfile } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { Email } from './email.entity.ts';
import type { User } from './user.entity.ts';

/** Has tenancy keep a locked user's name and primary address as they are now. The version must have grown with them. */
export async function tellProfile(
  { em, order }: Transaction,
  { id: userId, version, name }: User,
): Promise<AskOf<typeof keepProfile>> {
  await em.flush();
  const { address: primaryEmail } = await em.findOneOrFail(Email, { user: userId, isPrimary: true });
  const profile = { userId, version, name, primaryEmail };
  order(keepProfile, `profile:${userId}`, profile);
  return profile;
}
