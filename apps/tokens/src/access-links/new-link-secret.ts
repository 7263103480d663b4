import { hashSecret, makeSecret } from '@valetkey/credentials';
import { v7 as uuidv7 } from 'uuid';

/** What makes one mail of a link: its secret opens the link until the next mail's does. */
export interface LinkSecret {
  /** For the mail alone. */
  secret: string;
  secretHash: string;
  mailId: string;
}

export function newLinkSecret(now: Date): LinkSecret {
  const secret = makeSecret('vka');
  return { secret, secretHash: hashSecret(secret), mailId: uuidv7({ msecs: now.getTime() }) };
}
