import { checkScope, type RequestContext, type Scope } from '@valetkey/contracts';
import { Bus, insist } from '@valetkey/messaging';

/** Whether a scope lies in the account: the account itself, or a group or organization that tenancy knows there. */
export async function scopeExists(
  bus: Bus,
  accountId: string,
  scope: Scope,
  context: RequestContext,
): Promise<boolean> {
  if (scope.type === 'account') return scope.id === accountId;
  const answer = insist(checkScope, await bus.ask(checkScope, { accountId, scope }, context));
  return answer.exists;
}
