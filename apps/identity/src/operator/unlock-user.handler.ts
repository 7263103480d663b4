import { fail, type InputOf, unlockUser, userUnlocked } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { userView } from '../users/user-view.ts';
import { findLockable } from './lockable-user.ts';

@Injectable()
export class UnlockUserHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(unlockUser)
  async unlock({ userId }: InputOf<typeof unlockUser>, context: HandlerContext) {
    return this.outbox.transactional(context, async ({ em, emit }) => {
      const user = await findLockable(em, userId);
      if (!user) return fail(unlockUser, 'not_found');
      const [unlocked] = await sql<{ version: number }>(
        em,
        `UPDATE users SET locked_at = NULL, version = version + 1
          WHERE id = $1 AND locked_at IS NOT NULL RETURNING version`,
        [userId],
      );
      if (unlocked) emit(userUnlocked, { id: userId, sequence: unlocked.version, data: {} });
      return userView(em, user);
    });
  }
}
