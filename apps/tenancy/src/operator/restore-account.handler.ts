import { accountRestored, fail, type InputOf, restoreAccount } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import type { Account } from '../accounts/account.entity.ts';
import { changeAccount } from '../accounts/change-account.ts';
import { KeepInTokens } from '../accounts/keep-in-tokens.ts';
import { lockAnyAccount } from '../accounts/lock-account.ts';
import { operatorAccountView } from './operator-account-view.ts';

@Injectable()
export class RestoreAccountHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly tokens: KeepInTokens,
  ) {}

  @Handles(restoreAccount)
  async restore({ accountId }: InputOf<typeof restoreAccount>, context: HandlerContext) {
    let restored: Account | undefined;
    const answer = await this.outbox.transactional(context, async ({ em, emit }) => {
      const account = await lockAnyAccount(em, accountId);
      if (!account) return fail(restoreAccount, 'not_found');
      if (!account.deletedAt) return fail(restoreAccount, 'account_not_deleted');
      await changeAccount(em, account, { to: { deletedAt: null }, events: 1, ifMatch: undefined });
      const { name, version: sequence } = account;
      emit(accountRestored, { id: accountId, accountId, sequence, data: { name } });
      restored = account;
      return operatorAccountView(account);
    });
    if (restored) await this.tokens.keep(restored, context);
    return answer;
  }
}
