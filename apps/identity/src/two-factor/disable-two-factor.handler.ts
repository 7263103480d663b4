import { disableTwoFactor, Failure, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Injectable } from '@nestjs/common';
import { UserSessions } from '../neighbours/user-sessions.ts';
import { endingOfOthers } from './ending-of-others.ts';
import { ProvenChanges } from './proven-changes.ts';
import { turnOff } from './turn-off.ts';

@Injectable()
export class DisableTwoFactorHandler {
  constructor(
    private readonly changes: ProvenChanges,
    private readonly sessions: UserSessions,
  ) {}

  @Handles(disableTwoFactor)
  async disable({ endOtherSessions, ...proof }: InputOf<typeof disableTwoFactor>, context: HandlerContext) {
    const ending = endingOfOthers(context, endOtherSessions);
    const answer = await this.changes.make(proof, context, async (tx, user) => {
      await turnOff(tx, user, 'user');
      if (ending) this.sessions.order(tx, ending);
      return {};
    });
    if (ending && !(answer instanceof Failure)) await this.sessions.end(ending, context);
    return answer;
  }
}
