import { type InputOf, keepAccount } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { endLoginTokenSessions } from './end-login-token-sessions.ts';
import { keepLimit, keepModules } from './keep-account.ts';

/** What account events tell too, but later than the change they tell of is answered. */
@Injectable()
export class KeepAccountHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(keepAccount)
  async keep(
    { accountId: id, sequence, tokenSessionLimit, modules }: InputOf<typeof keepAccount>,
    context: HandlerContext,
  ) {
    return this.outbox.transactional(context, async (tx) => {
      await keepLimit(tx.em, { id, sequence }, tokenSessionLimit);
      const newest = await keepModules(tx.em, { id, sequence }, modules);
      if (newest && !modules.includes('login_tokens')) await endLoginTokenSessions(tx, id);
      return {};
    });
  }
}
