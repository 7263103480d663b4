import { createLoginToken, fail, type InputOf, loginTokenCreated, type Scope } from '@valetkey/contracts';
import { hashSecret, hintOf, makeSecret } from '@valetkey/credentials';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { exceedsAccountLimit, lockAccount } from '../accounts/account-limits.ts';
import { scopeExists } from './scope-exists.ts';
import { findLoginTokens, toLoginToken } from './login-token-view.ts';
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
      return await this.outbox.transactional(context, async (tx) => this.make(tx, input, scope, context));
    } catch (error) {
      if (isUniqueViolation(error, 'login_tokens_name')) return fail(createLoginToken, 'name_taken');
      throw error;
    }
  }

  private async make(tx: Transaction, input: Input, scope: Scope, { caller }: HandlerContext) {
    if (input.expiresAt && input.expiresAt <= tx.now) return fail(createLoginToken, 'expiry_not_future');
    const account = await lockAccount(tx.em, input.accountId);
    if (await exceedsAccountLimit(tx, account, { maxSessions: input.maxSessions })) {
      return fail(createLoginToken, 'limit_exceeded');
    }
    const secret = makeSecret('vkl');
    const id = uuidv7({ msecs: tx.now.getTime() });
    const { accountId, name, type, role } = input;
    tx.em.create(LoginToken, {
      id,
      accountId,
      name,
      type,
      status: type === 'one_time' ? 'ready' : 'active',
      role,
      scopeType: scope.type,
      scopeId: scope.id,
      allowedCidrs: input.allowedCidrs,
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
      createdAt: tx.now,
      createdById: caller?.subject.id ?? 'unknown',
      createdByName: caller?.subject.name ?? 'unknown',
    }, { persist: true });
    await tx.em.flush();
    tx.emit(loginTokenCreated, { id, accountId, sequence: 1, data: { name, type, role, scope } });
    return { loginToken: await viewOf(tx, accountId, id), secret };
  }
}

/** A token as the answer shows it, inside the transaction that changed it. */
export async function viewOf({ em, now }: Transaction, accountId: string, id: string) {
  const [row] = await findLoginTokens(em, accountId, now, { where: 'AND k.id = $3', values: [id] });
  if (!row) throw new Error('A login token just written is gone');
  return toLoginToken(row);
}
