import { fail, Failure, type InputOf, lockUser, userLocked } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { type Ending, UserSessions } from '../neighbours/user-sessions.ts';
import { userIdOf } from '../users/user-id-of.ts';
import { userView } from '../users/user-view.ts';
import { findLockable } from './lockable-user.ts';

@Injectable()
export class LockUserHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly sessions: UserSessions,
  ) {}

  /** Asked again, it ends the sessions again: one may have been left when tokens was away. */
  @Handles(lockUser)
  async lock({ userId }: InputOf<typeof lockUser>, context: HandlerContext) {
    const ending: Ending = { userId, reason: 'user-locked' };
    const answer = await this.outbox.transactional(context, async (tx) => {
      const user = await findLockable(tx.em, userId);
      if (!user) return fail(lockUser, 'not_found');
      if (userId === userIdOf(context)) return fail(lockUser, 'own_role', { detail: 'Nobody locks themselves.' });
      await this.lockOnce(tx, userId);
      this.sessions.order(tx, ending);
      return userView(tx.em, user);
    });
    if (!(answer instanceof Failure)) await this.sessions.end(ending, context);
    return answer;
  }

  private async lockOnce({ em, emit, now }: Transaction, userId: string): Promise<void> {
    const [locked] = await sql<{ version: number }>(
      em,
      `UPDATE users SET locked_at = $2, epoch = epoch + 1, version = version + 1
        WHERE id = $1 AND locked_at IS NULL RETURNING version`,
      [userId, now],
    );
    if (locked) emit(userLocked, { id: userId, sequence: locked.version, data: {} });
  }
}
