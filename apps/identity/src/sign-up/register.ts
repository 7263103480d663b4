import { emailVerified, userRegistered } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { v7 as uuidv7 } from 'uuid';
import { Email } from '../users/email.entity.ts';
import { User } from '../users/user.entity.ts';
import { takeWaiting } from './waiting-sign-up.ts';

/** Of a user as they signed up. */
export const FIRST_VERSION = 1;

/** Makes the user of a sign-up, once; false when somebody else was faster. Their profile, openAccount has carried. */
export async function register({ em, now, emit }: Transaction, secretHash: string): Promise<boolean> {
  const signUp = await takeWaiting(em, secretHash, now);
  if (!signUp) return false;
  const { userId, accountId, email, name, locale, passwordHash } = signUp;
  const user = em.create(User, { id: userId, version: FIRST_VERSION, name, locale, passwordHash, createdAt: now });
  const emailId = uuidv7({ msecs: now.getTime() });
  const verified = { isPrimary: true, verifiedAt: now, createdAt: now };
  em.persist([user, em.create(Email, { id: emailId, user, address: email, ...verified })]);
  emit(userRegistered, { id: userId, sequence: user.version, data: { name, accountId } });
  emit(emailVerified, { id: userId, sequence: (user.version += 1), data: { emailId } });
  return true;
}
