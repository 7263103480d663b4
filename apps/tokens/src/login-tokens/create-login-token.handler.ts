import { createLoginToken, fail, type InputOf, loginTokenCreated, type Scope } from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { holdAccount } from '../accounts/account-row.ts';
import { exceedsAccountLimit } from '../accounts/session-room.ts';
import { newLent } from '../lent/new-lent.ts';
import { scopeExists } from '../lent/scope-exists.ts';
import { showLoginToken } from './login-token-view.ts';
import { LoginToken } from './login-token.entity.ts';

type Input = InputOf<typeof createLoginToken>;

@Injectable()
export class CreateLoginTokenHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  @Handles(createLoginToken)
  async create(input: Input, context: HandlerContext) {
    const scope = input.scope ?? { type: 'account', id: input.accountId };
    if (!(await scopeExists(this.bus, input.accountId, scope, context))) return fail(createLoginToken, 'not_found');
    try {
      return await this.outbox.transactional(context, async (tx) => make(tx, { ...input, scope }, context));
    } catch (error) {
      if (isUniqueViolation(error, 'login_tokens_name')) return fail(createLoginToken, 'name_taken');
      throw error;
    }
  }
}

async function make(tx: Transaction, input: Input & { scope: Scope }, context: HandlerContext) {
  const { accountId, name, type, role, scope, maxSessions } = input;
  if (input.expiresAt && input.expiresAt <= tx.now) return fail(createLoginToken, 'expiry_not_future');
  if (maxSessions && (await exceedsAccountLimit(tx, await holdAccount(tx.em, accountId), { maxSessions }))) {
    return fail(createLoginToken, 'limit_exceeded');
  }
  const { row, secret } = newLoginToken(input, tx.now, context);
  await tx.em.insert(LoginToken, row);
  tx.emit(loginTokenCreated, { id: row.id, accountId, sequence: row.version, data: { name, type, role, scope } });
  return { loginToken: await showLoginToken(tx, accountId, row.id), secret };
}

function newLoginToken(input: Input & { scope: Scope }, now: Date, { caller }: HandlerContext) {
  const { row, secret } = newLent(input, 'vkl', { now, caller });
  const { type, maxSessions = null } = input;
  const status = type === 'one_time' ? ('ready' as const) : ('active' as const);
  return { row: { ...row, type, status, maxSessions, secretNumber: 1 }, secret };
}
