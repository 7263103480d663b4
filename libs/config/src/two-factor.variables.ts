import { secret } from './config-definition.ts';
import { key32 } from './key-types.ts';

/** The key under which the secrets of authenticators are kept, for they must be read to judge a code. */
export const twoFactorVariables = {
  TWO_FACTOR_KEY: secret(
    key32,
    'Encrypts the secrets of authenticators: 32 random bytes in base64url, the same for every replica. Without it nobody who has two-factor on signs in but by recovery codes',
  ),
};
