export { checkSecret, hashSecret, hintOf, makeSecret, secretPrefixes } from './secret.ts';
export type { SecretPrefix } from './secret.ts';
export { digest } from './digest.ts';
export { decryptAtRest, encryptAtRest } from './encrypt-at-rest.ts';
export { sealFor, unseal } from './seal.ts';
