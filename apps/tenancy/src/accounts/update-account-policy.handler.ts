import { accountPolicyChanged, fail, type InputOf, updateAccountPolicy } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { mayStill } from '../access/may-still.ts';
import type { Account } from './account.entity.ts';
import { changeAccount } from './change-account.ts';
import { changesBetween } from './changes-between.rules.ts';
import { KeepInTokens } from './keep-in-tokens.ts';
import { lockAccount } from './lock-account.ts';
import { policyView } from './policy-view.ts';

@Injectable()
export class UpdateAccountPolicyHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly tokens: KeepInTokens,
  ) {}

  /** It binds live sessions: so it is answered once guards and tokens know it. */
  @Handles(updateAccountPolicy)
  async update({ accountId, ...wanted }: InputOf<typeof updateAccountPolicy>, context: HandlerContext) {
    let changed: Account | undefined;
    const answer = await this.outbox.transactional(context, async ({ em, emit }) => {
      const account = await lockAccount(em, accountId);
      if (!account) return fail(updateAccountPolicy, 'not_found');
      if (!(await mayStill(em, updateAccountPolicy, context, accountId))) return fail(updateAccountPolicy, 'forbidden');
      const changes = changesBetween(account, wanted);
      const events = changes.length > 0 ? 1 : 0;
      const change = { to: wanted, events, ifMatch: context.ifMatch, shownBy: 'policyRevision' } as const;
      if (!(await changeAccount(em, account, change))) return fail(updateAccountPolicy, 'precondition_failed');
      const { revision, ...policy } = policyView(account);
      if (changes.length > 0) {
        const data = { accountName: account.name, changes, ...policy };
        emit(accountPolicyChanged, { id: accountId, accountId, sequence: account.version, data });
        changed = account;
      }
      return { ...policy, revision };
    });
    if (changed) await this.tokens.keep(changed, context);
    return answer;
  }
}
