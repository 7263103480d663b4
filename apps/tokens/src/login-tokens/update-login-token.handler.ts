import { type Changes, fail, type InputOf, loginTokenUpdated, updateLoginToken } from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { isUniqueViolation, sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { LockMode } from '@mikro-orm/postgresql';
import { exceedsAccountLimit, lockAccount } from '../accounts/account-limits.ts';
import { viewOf } from './create-login-token.handler.ts';
import { hasEnded } from './login-token-rules.ts';
import { LoginToken } from './login-token.entity.ts';
import { scopeExists } from './scope-exists.ts';

type Input = InputOf<typeof updateLoginToken>;

@Injectable()
export class UpdateLoginTokenHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  @Handles(updateLoginToken)
  async update(input: Input, context: HandlerContext) {
    const { accountId, scope } = input;
    if (scope && !(await scopeExists(this.bus, accountId, scope, context))) return fail(updateLoginToken, 'not_found');
    try {
      return await this.outbox.transactional(context, async (tx) => this.change(tx, input, context.ifMatch));
    } catch (error) {
      if (isUniqueViolation(error, 'login_tokens_name')) return fail(updateLoginToken, 'name_taken');
      throw error;
    }
  }

  private async change(tx: Transaction, input: Input, ifMatch: string | undefined) {
    const { accountId, loginTokenId: id } = input;
    const token = await tx.em.findOne(LoginToken, { id, accountId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!token) return fail(updateLoginToken, 'not_found');
    if (ifMatch !== undefined && ifMatch !== `"${token.revision}"`) return fail(updateLoginToken, 'precondition_failed');
    if (hasEnded(token, tx.now)) return fail(updateLoginToken, 'token_ended');
    if (input.expiresAt && input.expiresAt <= tx.now) return fail(updateLoginToken, 'expiry_not_future');
    // The token before the account, as in redeeming.
    const account = await lockAccount(tx.em, accountId);
    if (await exceedsAccountLimit(tx, account, { id, maxSessions: input.maxSessions })) {
      return fail(updateLoginToken, 'limit_exceeded');
    }
    const changes = apply(token, input);
    if (changes.length > 0) await this.tell(tx, token, changes);
    return { ...(await viewOf(tx, accountId, id)), revision: token.revision };
  }

  private async tell(tx: Transaction, token: LoginToken, changes: Changes) {
    token.version += 1;
    token.revision += 1;
    await tx.em.flush();
    // Its sessions may end sooner now: let the sweep look again.
    await sql(tx.em, 'UPDATE sessions SET check_at = least(check_at, $2) WHERE login_token_id = $1 AND ended_at IS NULL', [
      token.id,
      token.expiresAt ?? null,
    ]);
    const { id, accountId, version: sequence, name } = token;
    tx.emit(loginTokenUpdated, { id, accountId, sequence, data: { name, changes } });
  }
}

/** Sets what was given and differs; says what changed. */
function apply(token: LoginToken, { name, role, scope, expiresAt, allowedCidrs, maxSessions }: Input): Changes {
  const changes: Changes = [];
  const change = <T>(field: string, from: T, to: T | undefined, set: (value: T) => void) => {
    if (to === undefined || JSON.stringify(from) === JSON.stringify(to)) return;
    changes.push({ field, from, to });
    set(to);
  };
  change('name', token.name, name, (value) => (token.name = value));
  change('role', token.role, role, (value) => (token.role = value));
  change('scope', { type: token.scopeType, id: token.scopeId }, scope, (value) => {
    token.scopeType = value.type;
    token.scopeId = value.id;
  });
  change('expiresAt', token.expiresAt, expiresAt, (value) => (token.expiresAt = value));
  change('allowedCidrs', token.allowedCidrs, allowedCidrs, (value) => (token.allowedCidrs = value));
  change('maxSessions', token.maxSessions, maxSessions, (value) => (token.maxSessions = value));
  return changes;
}
