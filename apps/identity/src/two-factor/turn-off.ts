import { twoFactorDisabled } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { z } from 'zod';
import type { User } from '../users/user.entity.ts';

export type TurnedOffBy = z.infer<(typeof twoFactorDisabled)['data']>['by'];

/**
 * Turns the two-factor of a locked user off: secret, recovery codes and sign-ins under way go with it. False when it is not
 * on; an unfinished enrolment stays.
 */
export async function turnOff({ em, emit }: Transaction, user: User, by: TurnedOffBy): Promise<boolean> {
  const text = 'DELETE FROM two_factors WHERE user_id = $1 AND enabled_at IS NOT NULL RETURNING user_id';
  if ((await sql(em, text, [user.id])).length === 0) return false;
  emit(twoFactorDisabled, { id: user.id, sequence: (user.version += 1), data: { by } });
  return true;
}
