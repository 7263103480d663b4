import { type AskOf, endUserSessions } from '@valetkey/contracts';
import { Bus, type HandlerContext } from '@valetkey/messaging';
import type { Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { endInTokens } from './end-in-tokens.ts';

export type Ending = AskOf<typeof endUserSessions>;

/**
 * Ends the sessions of a user, which are in tokens: ordered in the transaction of the cause, so that it happens for
 * sure, and asked after it, so that it has happened when the cause is answered.
 */
@Injectable()
export class UserSessions {
  constructor(private readonly bus: Bus) {}

  /** Should it come late, it spares what was opened since. */
  order({ order, now }: Transaction, ending: Ending): void {
    order(endUserSessions, `user-sessions:${ending.userId}`, { ...ending, openedUntil: now.toISOString() });
  }

  /** @throws EarlyAnswer with `revocation_pending`, see {@link endInTokens}. */
  end(ending: Ending, context: HandlerContext): Promise<void> {
    return endInTokens(this.bus, endUserSessions, ending, context);
  }
}
