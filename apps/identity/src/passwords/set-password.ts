import { passwordChanged } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { growEpoch } from '../users/grow-epoch.ts';
import type { User } from '../users/user.entity.ts';

/** Gives a locked user a new password: resets under way are void, and so is a sign-in under way with the old one. */
export async function setPassword(
  { em, emit }: Transaction,
  user: User,
  { passwordHash, by }: { passwordHash: string; by: 'user' | 'reset' },
): Promise<void> {
  user.passwordHash = passwordHash;
  emit(passwordChanged, { id: user.id, sequence: (user.version += 1), data: { by } });
  await growEpoch(em, user.id);
  await sql(em, 'DELETE FROM password_resets WHERE user_id = $1', [user.id]);
}
