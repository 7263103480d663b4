import type { Transaction } from '@valetkey/outbox';
import { addUser } from '../users/add-user.ts';
import { takeWaiting } from './waiting-sign-up.ts';

/** Makes the user of a sign-up, once; false when somebody else was faster. Their profile, openAccount has carried. */
export async function register(tx: Transaction, secretHash: string): Promise<boolean> {
  const signUp = await takeWaiting(tx.em, secretHash, tx.now);
  if (!signUp) return false;
  const { accountName: _carried, ...user } = signUp;
  addUser(tx, user);
  return true;
}
