import { emailVerified } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Email } from '../users/email.entity.ts';
import { lockUser } from '../users/lock-user.ts';
import { waitingVerification } from './waiting-verification.sql.ts';

/** Whose address it is that the secret verifies; nothing when it verifies none. */
export async function findAdder(em: EntityManager, secretHash: string, now: Date): Promise<string | undefined> {
  const [row] = await sql<{ user_id: string }>(
    em,
    `SELECT e.user_id FROM email_verifications v JOIN emails e ON e.id = v.email_id
      WHERE ${waitingVerification} AND v.secret_hash = $2`,
    [now, secretHash],
  );
  return row?.user_id;
}

/**
 * Spends the secret; false when somebody else was faster. The transaction fails on `emails_verified_address` if the
 * address has become another's.
 */
export async function verifyAddedEmail(tx: Transaction, userId: string, secretHash: string): Promise<boolean> {
  const user = await lockUser(tx.em, userId);
  const [spent] = await sql<{ email_id: string }>(
    tx.em,
    'DELETE FROM email_verifications WHERE secret_hash = $1 AND expires_at > $2 RETURNING email_id',
    [secretHash, tx.now],
  );
  if (!spent) return false;
  const emailId = spent.email_id;
  await tx.em.nativeUpdate(Email, { id: emailId, user: userId }, { verifiedAt: tx.now });
  tx.emit(emailVerified, { id: userId, sequence: (user.version += 1), data: { emailId } });
  return true;
}
