import type { Party } from '@valetkey/contracts';
import type { HandlerContext } from '@valetkey/messaging';

/** Who makes or edits a link: a user at the portal, by the contracts' access rule. */
export function makerOf({ caller }: HandlerContext): Pick<Party, 'id' | 'name'> {
  if (!caller) throw new Error('The contract admits requests without a caller');
  return caller.subject;
}
