import { CompactEncrypt, compactDecrypt, importJWK, type JWK } from 'jose';

const KEY_AGREEMENT = 'ECDH-ES';
const CONTENT_ENCRYPTION = 'A256GCM';

/**
 * Seals a JSON value to a public key, X25519 by default: a JWE (RFC 7516) in compact form, by ECDH-ES (RFC 7518 §4.6,
 * RFC 8037 §3.2) and AES-256-GCM. Not even who sealed it can open it again.
 */
export async function sealFor(publicJwk: JWK, value: unknown): Promise<string> {
  const key = await importJWK(publicJwk, KEY_AGREEMENT);
  return new CompactEncrypt(Buffer.from(JSON.stringify(value)))
    .setProtectedHeader({ alg: KEY_AGREEMENT, enc: CONTENT_ENCRYPTION })
    .encrypt(key);
}

/** @throws an error of jose's for what was sealed to another key, in another way, or changed since. */
export async function unseal(privateJwk: JWK, sealed: string): Promise<unknown> {
  const key = await importJWK(privateJwk, KEY_AGREEMENT);
  const { plaintext } = await compactDecrypt(sealed, key, {
    keyManagementAlgorithms: [KEY_AGREEMENT],
    contentEncryptionAlgorithms: [CONTENT_ENCRYPTION],
  });
  return JSON.parse(Buffer.from(plaintext).toString());
}
