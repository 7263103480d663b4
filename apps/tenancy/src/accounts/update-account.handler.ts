import { accountUpdated, fail, type InputOf, updateAccount } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { mayStill } from '../access/may-still.ts';
import type { Account } from './account.entity.ts';
import { accountView } from './account-view.ts';
import { changeAccount } from './change-account.ts';
import { changesBetween } from './changes-between.rules.ts';
import { KeepInTokens } from './keep-in-tokens.ts';
import { LandingHosts } from './landing-hosts.ts';
import { lockAccount } from './lock-account.ts';

@Injectable()
export class UpdateAccountHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly landingHosts: LandingHosts,
    private readonly tokens: KeepInTokens,
  ) {}

  @Handles(updateAccount)
  async update({ accountId, ...wanted }: InputOf<typeof updateAccount>, context: HandlerContext) {
    if (wanted.landingUrl) {
      wanted.landingUrl = this.landingHosts.admit(wanted.landingUrl);
      if (!wanted.landingUrl) return fail(updateAccount, 'landing_url_not_allowed');
    }
    let limited: Account | undefined;
    const answer = await this.outbox.transactional(context, async ({ em, emit }) => {
      const account = await lockAccount(em, accountId);
      if (!account) return fail(updateAccount, 'not_found');
      if (!(await mayStill(em, updateAccount, context, accountId))) return fail(updateAccount, 'forbidden');
      const changes = changesBetween(account, wanted);
      const change = { to: wanted, events: changes.length > 0 ? 1 : 0, ifMatch: context.ifMatch };
      if (!(await changeAccount(em, account, change))) return fail(updateAccount, 'precondition_failed');
      if (changes.length > 0) {
        const { name, tokenSessionLimit, version: sequence } = account;
        emit(accountUpdated, { id: accountId, accountId, sequence, data: { name, changes, tokenSessionLimit } });
      }
      if (changes.some(({ field }) => field === 'tokenSessionLimit')) limited = account;
      return accountView(account);
    });
    if (limited) await this.tokens.keep(limited, context);
    return answer;
  }
}
