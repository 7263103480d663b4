import type { HandlerContext } from '@valetkey/messaging';
import type { Ending } from '../neighbours/user-sessions.ts';
import { userIdOf } from '../users/user-id-of.ts';

/** Of all of the user's sessions but the one that asks, where that is wished. */
export function endingOfOthers(context: HandlerContext, isWished: boolean): Ending | undefined {
  if (!isWished) return undefined;
  return { userId: userIdOf(context), exceptSessionId: context.caller?.sessionId, reason: 'ended-by-user' };
}
