import type { Contract } from '@valetkey/contracts';
import { authorize, type HandlerContext } from '@valetkey/messaging';
import type { EntityManager } from '@mikro-orm/postgresql';
import { callerOf } from './caller-of.ts';
import { grantsNow } from './grants-now.ts';

/**
 * Applies a contract's rule again to what the caller holds now: what the gateway said may be a moment old. To be asked
 * under the lock of the account's row, which whoever changes memberships holds.
 */
export async function mayStill(
  em: EntityManager,
  contract: Contract,
  context: HandlerContext,
  accountId: string,
): Promise<boolean> {
  const caller = { ...callerOf(context), grants: await grantsNow(em, context, accountId) };
  return authorize(contract, { ...context, caller }, accountId) === undefined;
}
