import type { HandlerContext } from '@valetkey/messaging';

/** Whose portal session it is. */
export function userIdOf({ caller }: HandlerContext): string {
  if (caller?.subject.type !== 'user') throw new Error('The contract admits callers who are no users');
  return caller.subject.id;
}
