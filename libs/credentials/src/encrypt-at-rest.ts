import { CompactEncrypt, compactDecrypt } from 'jose';

const KEY_AGREEMENT = 'dir';
const CONTENT_ENCRYPTION = 'A256GCM';

/**
 * Encrypts a text that must be read again: a JWE (RFC 7516) in compact form, by a shared key used directly (RFC 7518 §4.5)
 * and AES-256-GCM with a random nonce. It holds whose it is, so that a row's is not passed off as another's.
 *
 * @param key 32 bytes in base64url.
 * @param owner What it belongs to, on one line, such as a row's id.
 */
export async function encryptAtRest(key: string, owner: string, text: string): Promise<string> {
  return new CompactEncrypt(Buffer.from(`${owner}\n${text}`))
    .setProtectedHeader({ alg: KEY_AGREEMENT, enc: CONTENT_ENCRYPTION })
    .encrypt(Buffer.from(key, 'base64url'));
}

/** @throws an error of jose's for what another key encrypted or somebody changed; Error for what belongs to another owner. */
export async function decryptAtRest(key: string, owner: string, encrypted: string): Promise<string> {
  const { plaintext } = await compactDecrypt(encrypted, Buffer.from(key, 'base64url'), {
    keyManagementAlgorithms: [KEY_AGREEMENT],
    contentEncryptionAlgorithms: [CONTENT_ENCRYPTION],
  });
  const content = Buffer.from(plaintext).toString();
  const mark = `${owner}\n`;
  if (!content.startsWith(mark)) throw new Error('What is encrypted belongs to another owner');
  return content.slice(mark.length);
}
