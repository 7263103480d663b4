import type { HandlerContext } from '@valetkey/messaging';

/** Who asks, of a contract that only users may ask by its access rule: whoever is none was refused before. */
export function userIdOf({ caller }: HandlerContext): string {
  if (caller?.subject.type !== 'user') throw new Error('The contract admits callers who are no users');
  return caller.subject.id;
}
