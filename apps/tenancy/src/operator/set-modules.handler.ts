import {
  fail,
  type InputOf,
  moduleDisabled,
  moduleEnabled,
  type ModuleName,
  moduleNames,
  recheckStanders,
  setModules,
} from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import type { Account } from '../accounts/account.entity.ts';
import { changeAccount } from '../accounts/change-account.ts';
import { KeepInTokens } from '../accounts/keep-in-tokens.ts';
import { lockAnyAccount } from '../accounts/lock-account.ts';
import { recheckClients } from '../partnerships/recheck-clients.ts';
import { operatorAccountView } from './operator-account-view.ts';

@Injectable()
export class SetModulesHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly tokens: KeepInTokens,
  ) {}

  /** One event for each module switched; every one names all that are on in the end. */
  @Handles(setModules)
  async set({ accountId, modules: wanted }: InputOf<typeof setModules>, context: HandlerContext) {
    let changed: Account | undefined;
    const answer = await this.outbox.transactional(context, async (tx) => {
      const { em, emit } = tx;
      const account = await lockAnyAccount(em, accountId);
      if (!account) return fail(setModules, 'not_found');
      const isOn = (module: ModuleName) => account.modules.includes(module);
      const modules = moduleNames.filter((module) => wanted[module] ?? isOn(module));
      const switched = moduleNames.filter((module) => modules.includes(module) !== isOn(module));
      const change = { to: { modules }, events: switched.length, ifMatch: context.ifMatch };
      if (!(await changeAccount(em, account, change))) return fail(setModules, 'precondition_failed');
      const first = account.version - switched.length + 1;
      for (const [index, module] of switched.entries()) {
        const to = modules.includes(module);
        const data = { module, modules, changes: [{ field: `modules.${module}`, from: !to, to }] };
        emit(to ? moduleEnabled : moduleDisabled, { id: accountId, accountId, sequence: first + index, data });
      }
      const off = switched.filter((module) => !modules.includes(module));
      await suspendPartnerships(tx, accountId, off);
      if (switched.length > 0) changed = account;
      return operatorAccountView(account);
    });
    if (changed) await this.tokens.keep(changed, context);
    return answer;
  }
}

/** Without its module a client lets no partner's user stand in its account; a provider's stand in none of its clients'. */
async function suspendPartnerships(tx: Transaction, accountId: string, off: readonly ModuleName[]): Promise<void> {
  if (off.includes('client')) tx.order(recheckStanders, `account:${accountId}`, { accountId });
  if (off.includes('partner')) await recheckClients(tx, accountId);
}
