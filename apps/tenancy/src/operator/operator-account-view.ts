import type { OperatorAccount } from '@valetkey/contracts';
import type { Account } from '../accounts/account.entity.ts';
import { accountView } from '../accounts/account-view.ts';

/** As its members see it, and whether it was deleted. */
export function operatorAccountView(account: Account): OperatorAccount & { revision: number } {
  const { deletedAt } = account;
  return { ...accountView(account), ...(deletedAt && { deletedAt: deletedAt.toISOString() }) };
}
