import { fail, type InputOf, loginTokenRotated, rotateLoginToken } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { replaceSecret } from '../lent/replace-secret.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { showLoginToken } from './login-token-view.ts';
import { LoginToken } from './login-token.entity.ts';
import { isRotatable } from './login-token.rules.ts';

@Injectable()
export class RotateLoginTokenHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(rotateLoginToken)
  async rotate(
    { accountId, loginTokenId: id, graceSeconds }: InputOf<typeof rotateLoginToken>,
    context: HandlerContext,
  ) {
    return this.outbox.transactional(context, async (tx) => {
      const token = await tx.em.findOne(LoginToken, { id, accountId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!token) return fail(rotateLoginToken, 'not_found');
      if (!isRotatable(token, tx.now)) return fail(rotateLoginToken, 'not_rotatable');
      if (token.type === 'one_time' && graceSeconds > 0) return fail(rotateLoginToken, 'grace_not_allowed');
      const secret = replaceSecret(token, 'vkl', { now: tx.now, graceSeconds });
      token.secretNumber += 1;
      await tx.em.flush();
      tell(tx, token);
      await endSessionsOfOldSecrets(tx, token);
      return { loginToken: await showLoginToken(tx, accountId, id), secret };
    });
  }
}

function tell(tx: Transaction, { id, accountId, version: sequence, name, previousSecretEndsAt }: LoginToken): void {
  const graceEndsAt = previousSecretEndsAt?.toISOString();
  tx.emit(loginTokenRotated, { id, accountId, sequence, data: { name, graceEndsAt } });
}

/** Of the old secrets at most the last one lives on, through its grace: what older ones opened ends now. */
async function endSessionsOfOldSecrets(
  tx: Transaction,
  { id, secretNumber, previousSecretEndsAt }: LoginToken,
): Promise<void> {
  const oldest = previousSecretEndsAt ? secretNumber - 1 : secretNumber;
  await endSessions(tx, {
    where: 'login_token_id = $1 AND secret_number < $2',
    values: [id, oldest],
    reason: 'credential-rotated',
    covered: true,
  });
}
