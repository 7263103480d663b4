import type { HandlerContext } from '@valetkey/messaging';

/** For what a user does who has just proved who they are, though no session says so yet. */
export function actingAs(userId: string, context: HandlerContext): HandlerContext {
  return { ...context, attribution: { actor: { type: 'user', id: userId } } };
}
