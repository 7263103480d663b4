import { type Contract, Failure, type Grant } from '@valetkey/contracts';
import { authorize, type HandlerContext } from '@valetkey/messaging';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Account } from '../accounts/account.entity.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { callerOf } from './caller-of.ts';
import { grantsNow } from './grants-now.ts';

/** A user about to change who may what in an account, whose row is locked. */
export interface Actor {
  userId: string;
  name: string;
  /** What they hold now, not what they held when the gateway asked. */
  grants: Grant[];
  account: Account;
}

/** Locks the account and applies the contract's rule to what the caller, a user, holds there now. */
export async function actIn(
  em: EntityManager,
  contract: Contract,
  context: HandlerContext,
  accountId: string,
): Promise<Actor | Failure<'not_found' | 'forbidden'>> {
  const account = await lockAccount(em, accountId);
  if (!account) return new Failure('not_found');
  const caller = callerOf(context);
  const { id: userId, name } = caller.subject;
  const grants = await grantsNow(em, context, accountId);
  const refused = authorize(contract, { ...context, caller: { ...caller, grants } }, accountId);
  return refused ? new Failure('forbidden') : { userId, name, grants, account };
}
