import { checkScope, Failure, type RequestContext, type Scope } from '@valetkey/contracts';
import { Bus, EarlyAnswer } from '@valetkey/messaging';

/** Whether a scope lies in the account: the account itself, or a group or organization that tenancy knows there. */
export async function scopeExists(
  bus: Bus,
  accountId: string,
  scope: Scope,
  context: RequestContext,
): Promise<boolean> {
  if (scope.type === 'account') return scope.id === accountId;
  const answer = await bus.ask(checkScope, { accountId, scope }, context);
  if (answer instanceof Failure) throw new EarlyAnswer(answer);
  return answer.exists;
}
