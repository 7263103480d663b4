import { confirmTwoFactor, fail, Failure, type InputOf, twoFactorEnabled } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { UserSessions } from '../neighbours/user-sessions.ts';
import { CodeTries } from '../throttles/code-tries.ts';
import { lockUser } from '../users/lock-user.ts';
import { userIdOf } from '../users/user-id-of.ts';
import { endingOfOthers } from './ending-of-others.ts';
import { isEnrolled } from './is-enrolled.ts';
import { replaceRecoveryCodes } from './replace-recovery-codes.ts';
import { stepOf } from './totp.ts';
import { TwoFactorSecrets } from './two-factor-secrets.ts';

@Injectable()
export class ConfirmTwoFactorHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly tries: CodeTries,
    private readonly secrets: TwoFactorSecrets,
    private readonly sessions: UserSessions,
  ) {}

  @Handles(confirmTwoFactor)
  async confirm({ code, endOtherSessions }: InputOf<typeof confirmTwoFactor>, context: HandlerContext) {
    const userId = userIdOf(context);
    const ending = endingOfOthers(context, endOtherSessions);
    const answer = await this.tries.attempt(userId, async () =>
      this.outbox.transactional(context, async (tx) => {
        const enabled = await this.enable(tx, userId, code);
        if (ending && enabled) this.sessions.order(tx, ending);
        return enabled;
      }),
    );
    if (ending && !(answer instanceof Failure)) await this.sessions.end(ending, context);
    return answer;
  }

  /** With the first code two-factor is on, and the code is spent. Nothing for a wrong one. */
  private async enable(tx: Transaction, userId: string, code: string) {
    const user = await lockUser(tx.em, userId);
    if (await isEnrolled(tx.em, userId)) return fail(confirmTwoFactor, 'two_factor_on');
    const secret = await this.secrets.ofUser(tx.em, userId);
    if (secret === undefined) return fail(confirmTwoFactor, 'two_factor_off');
    const step = await stepOf(code, secret, tx.now);
    if (step === undefined) return undefined;
    const text = 'UPDATE two_factors SET enabled_at = $2, last_step = $3 WHERE user_id = $1 AND enabled_at IS NULL';
    await sql(tx.em, text, [userId, tx.now, step]);
    tx.emit(twoFactorEnabled, { id: userId, sequence: (user.version += 1), data: {} });
    return { recoveryCodes: await replaceRecoveryCodes(tx.em, userId) };
  }
}
