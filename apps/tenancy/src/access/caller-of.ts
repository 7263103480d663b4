import type { Caller } from '@valetkey/contracts';
import type { HandlerContext } from '@valetkey/messaging';

/** The caller of a contract that has one by its access rule: whoever has none was refused before. */
export function callerOf({ caller }: HandlerContext): Caller {
  if (!caller) throw new Error('The contract admits requests without a caller');
  return caller;
}
