import {
  type Changes,
  fail,
  type InputOf,
  loginTokenUpdated,
  matchingRevisions,
  updateLoginToken,
} from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { holdAccount } from '../accounts/account-row.ts';
import { exceedsAccountLimit } from '../accounts/session-room.ts';
import { hasEnded } from '../lent/has-ended.rules.ts';
import { scopeExists } from '../lent/scope-exists.ts';
import { changeLoginToken } from './change-login-token.ts';
import { showLoginToken } from './login-token-view.ts';
import { LoginToken } from './login-token.entity.ts';

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
      return await this.outbox.transactional(context, async (tx) => update(tx, input, context.ifMatch));
    } catch (error) {
      if (isUniqueViolation(error, 'login_tokens_name')) return fail(updateLoginToken, 'name_taken');
      throw error;
    }
  }
}

async function update(tx: Transaction, input: Input, ifMatch: string | undefined) {
  const { accountId, loginTokenId: id, expiresAt, maxSessions } = input;
  const token = await tx.em.findOne(LoginToken, { id, accountId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!token) return fail(updateLoginToken, 'not_found');
  const isStale = matchingRevisions(ifMatch)?.includes(token.revision) === false;
  if (isStale) return fail(updateLoginToken, 'precondition_failed');
  if (hasEnded(token, tx.now)) return fail(updateLoginToken, 'token_ended');
  if (expiresAt && expiresAt <= tx.now) return fail(updateLoginToken, 'expiry_not_future');
  // The token before the account, as in redeeming. What shrinks always may, though the account's limit shrank before it.
  if (
    maxSessions &&
    grows(token, maxSessions) &&
    (await exceedsAccountLimit(tx, await holdAccount(tx.em, accountId), { id, maxSessions }))
  ) {
    return fail(updateLoginToken, 'limit_exceeded');
  }
  const changes = changeLoginToken(token, input, tx.now);
  if (changes.length > 0) await tell(tx, token, changes);
  return showLoginToken(tx, accountId, id);
}

/** One without an allotment of its own takes none from the others. */
function grows({ maxSessions }: LoginToken, wanted: number): boolean {
  return wanted > (maxSessions ?? 0);
}

async function tell(tx: Transaction, token: LoginToken, changes: Changes): Promise<void> {
  token.version += 1;
  token.revision += 1;
  await tx.em.flush();
  const { id, accountId, version: sequence, name } = token;
  tx.emit(loginTokenUpdated, { id, accountId, sequence, data: { name, changes } });
}
