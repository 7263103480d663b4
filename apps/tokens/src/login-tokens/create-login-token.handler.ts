import { createLoginToken, fail, type InputOf, loginTokenCreated, type Scope } from '@valetkey/contracts';
import { hashSecret, hintOf, makeSecret } from '@valetkey/credentials';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { holdAccount } from '../accounts/account-row.ts';
import { exceedsAccountLimit } from '../accounts/session-room.ts';
import { showLoginToken } from './login-token-view.ts';
import { LoginToken } from './login-token.entity.ts';
import { scopeExists } from './scope-exists.ts';

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
  const secret = makeSecret('vkl');
  const row = newLoginToken(input, secret, tx.now, context);
  await tx.em.insert(LoginToken, row);
  tx.emit(loginTokenCreated, { id: row.id, accountId, sequence: row.version, data: { name, type, role, scope } });
  return { loginToken: await showLoginToken(tx, accountId, row.id), secret };
}

function newLoginToken(input: Input & { scope: Scope }, secret: string, now: Date, { caller }: HandlerContext) {
  const { accountId, name, type, role, scope, allowedCidrs } = input;
  return {
    id: uuidv7({ msecs: now.getTime() }),
    accountId,
    name,
    type,
    status: type === 'one_time' ? ('ready' as const) : ('active' as const),
    role,
    scopeType: scope.type,
    scopeId: scope.id,
    allowedCidrs,
    maxSessions: input.maxSessions ?? null,
    expiresAt: input.expiresAt ?? null,
    secretHash: hashSecret(secret),
    hint: hintOf(secret),
    secretNumber: 1,
    previousSecretHash: null,
    previousSecretEndsAt: null,
    lastUsedAt: null,
    lastUsedFrom: null,
    version: 1,
    revision: 1,
    createdAt: now,
    createdById: caller?.subject.id ?? 'unknown',
    createdByName: caller?.subject.name ?? 'unknown',
  };
}
