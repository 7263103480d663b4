import { secret } from './config-definition.ts';
import { key32 } from './key-types.ts';

/** The key of the digests under which a service looks up or counts what it does not keep in clear. */
export const digestVariables = {
  DIGEST_KEY: secret(key32, 'Key of keyed digests: 32 random bytes in base64url, the same for every replica'),
};
