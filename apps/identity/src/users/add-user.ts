import { emailVerified, type Locale, userRegistered } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { v7 as uuidv7 } from 'uuid';
import { Email } from './email.entity.ts';
import { User } from './user.entity.ts';

/** Of a user as they came. */
export const FIRST_VERSION = 1;

export interface NewUser {
  userId: string;
  email: string;
  name: string;
  locale: Locale;
  passwordHash: string;
  /** That they signed up with. */
  accountId?: string;
}

/** Makes a user with a verified address. The transaction fails on `emails_verified_address` if it is somebody else's. */
export function addUser({ em, now, emit }: Transaction, { userId, accountId, email, ...more }: NewUser): User {
  const user = em.create(User, { id: userId, version: FIRST_VERSION, ...more, createdAt: now });
  const emailId = uuidv7({ msecs: now.getTime() });
  const verified = { isPrimary: true, verifiedAt: now, createdAt: now };
  em.persist([user, em.create(Email, { id: emailId, user, address: email, ...verified })]);
  emit(userRegistered, { id: userId, sequence: user.version, data: { name: user.name, accountId } });
  emit(emailVerified, { id: userId, sequence: (user.version += 1), data: { emailId } });
  return user;
}
