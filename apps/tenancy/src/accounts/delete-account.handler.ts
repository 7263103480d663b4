import { accountDeleted, deleteAccount, fail, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { mayStill } from '../access/may-still.ts';
import { recheckClients } from '../partnerships/recheck-clients.ts';
import type { Account } from './account.entity.ts';
import { changeAccount } from './change-account.ts';
import { KeepInTokens } from './keep-in-tokens.ts';
import { lockAccount } from './lock-account.ts';

@Injectable()
export class DeleteAccountHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly tokens: KeepInTokens,
  ) {}

  /** From the commit on nobody may do anything in it: a deleted account is found by no decision. All of it stays for now. */
  @Handles(deleteAccount)
  async delete({ accountId, confirmName }: InputOf<typeof deleteAccount>, context: HandlerContext) {
    let deleted: Account | undefined;
    const answer = await this.outbox.transactional(context, async (tx) => {
      const { em, now, emit } = tx;
      const account = await lockAccount(em, accountId);
      if (!account) return fail(deleteAccount, 'not_found');
      if (!(await mayStill(em, deleteAccount, context, accountId))) return fail(deleteAccount, 'forbidden');
      if (confirmName !== account.name) return fail(deleteAccount, 'wrong_name');
      await changeAccount(em, account, { to: { deletedAt: now }, events: 1, ifMatch: undefined });
      const { name, version: sequence } = account;
      emit(accountDeleted, { id: accountId, accountId, sequence, data: { name } });
      await recheckClients(tx, accountId);
      deleted = account;
      return {};
    });
    if (deleted) await this.tokens.keep(deleted, context);
    return answer;
  }
}
