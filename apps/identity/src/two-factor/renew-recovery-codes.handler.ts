import { Failure, type InputOf, recoveryCodesRenewed, renewRecoveryCodes } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Injectable } from '@nestjs/common';
import { UserSessions } from '../neighbours/user-sessions.ts';
import { endingOfOthers } from './ending-of-others.ts';
import { ProvenChanges } from './proven-changes.ts';
import { replaceRecoveryCodes } from './replace-recovery-codes.ts';

@Injectable()
export class RenewRecoveryCodesHandler {
  constructor(
    private readonly changes: ProvenChanges,
    private readonly sessions: UserSessions,
  ) {}

  @Handles(renewRecoveryCodes)
  async renew({ endOtherSessions, ...proof }: InputOf<typeof renewRecoveryCodes>, context: HandlerContext) {
    const ending = endingOfOthers(context, endOtherSessions);
    const answer = await this.changes.make(proof, context, async (tx, user) => {
      const recoveryCodes = await replaceRecoveryCodes(tx.em, user.id);
      tx.emit(recoveryCodesRenewed, { id: user.id, sequence: (user.version += 1), data: {} });
      if (ending) this.sessions.order(tx, ending);
      return { recoveryCodes };
    });
    if (ending && !(answer instanceof Failure)) await this.sessions.end(ending, context);
    return answer;
  }
}
