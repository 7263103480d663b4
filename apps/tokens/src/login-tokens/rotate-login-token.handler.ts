import { fail, type InputOf, loginTokenRotated, rotateLoginToken } from '@valetkey/contracts';
import { hashSecret, hintOf, makeSecret } from '@valetkey/credentials';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { endSessions } from '../sessions/end-sessions.ts';
import { after } from '../sessions/session-rules.ts';
import { viewOf } from './create-login-token.handler.ts';
import { isRotatable } from './login-token-rules.ts';
import { LoginToken } from './login-token.entity.ts';

type Input = InputOf<typeof rotateLoginToken>;

@Injectable()
export class RotateLoginTokenHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(rotateLoginToken)
  async rotate(input: Input, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => this.replaceSecret(tx, input));
  }

  private async replaceSecret(tx: Transaction, { accountId, loginTokenId: id, graceSeconds }: Input) {
    const token = await tx.em.findOne(LoginToken, { id, accountId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!token) return fail(rotateLoginToken, 'not_found');
    if (!isRotatable(token, tx.now)) return fail(rotateLoginToken, 'not_rotatable');
    if (token.type === 'one_time' && graceSeconds > 0) return fail(rotateLoginToken, 'grace_not_allowed');
    const secret = makeSecret('vkl');
    const graceEndsAt = graceSeconds > 0 ? after(tx.now, graceSeconds) : null;
    token.previousSecretHash = token.secretHash;
    token.previousSecretEndsAt = graceEndsAt ?? tx.now;
    token.secretHash = hashSecret(secret);
    token.hint = hintOf(secret);
    token.secretNumber += 1;
    token.version += 1;
    await tx.em.flush();
    await this.endOrLimit(tx, token, graceEndsAt);
    return { loginToken: await viewOf(tx, accountId, id), secret };
  }

  /** Of the old secrets at most the last one lives on, through its grace: sessions of older ones end now. */
  private async endOrLimit(tx: Transaction, { id, accountId, version, name, secretNumber }: LoginToken, graceEndsAt: Date | null) {
    const data = { name, ...(graceEndsAt && { graceEndsAt: graceEndsAt.toISOString() }) };
    tx.emit(loginTokenRotated, { id, accountId, sequence: version, data });
    const oldest = graceEndsAt ? secretNumber - 1 : secretNumber;
    const where = 'login_token_id = $3 AND secret_number < $4';
    await endSessions(tx, { where, values: [id, oldest], reason: 'credential-rotated', covered: true });
    await sql(tx.em, 'UPDATE sessions SET check_at = least(check_at, $2) WHERE login_token_id = $1 AND ended_at IS NULL', [
      id,
      graceEndsAt,
    ]);
  }
}
