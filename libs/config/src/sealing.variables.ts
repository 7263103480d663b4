import { publicJwk } from './key-types.ts';

/** What a service needs to hand a mail with a secret in it to notifications. */
export const sealingVariables = {
  MAIL_PUBLIC_KEY: publicJwk.describe('The public key (a JWK as JSON) that secrets in mails are sealed to'),
};
