import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decryptAtRest, encryptAtRest } from './encrypt-at-rest.ts';

const key = randomBytes(32).toString('base64url');
const encrypt = async () => encryptAtRest(key, 'user:1', 'JBSWY3DPEHPK3PXP');

describe('what is encrypted at rest', () => {
  it('is read again with the key, by its owner', async () => {
    expect(await decryptAtRest(key, 'user:1', await encrypt())).toBe('JBSWY3DPEHPK3PXP');
  });

  it('shows nothing of its content, and never looks the same twice', async () => {
    const [one, other] = [await encrypt(), await encrypt()];
    expect(one).not.toBe(other);
    for (const part of one.split('.')) expect(Buffer.from(part, 'base64url').toString()).not.toContain('JBSW');
  });

  it('is not read with another key, nor once it was changed', async () => {
    const another = randomBytes(32).toString('base64url');
    await expect(decryptAtRest(another, 'user:1', await encrypt())).rejects.toThrow('decryption operation failed');
    const [header, none, nonce, , tag] = (await encrypt()).split('.');
    await expect(decryptAtRest(key, 'user:1', [header, none, nonce, 'AAAA', tag].join('.'))).rejects.toThrow();
  });

  it('is not read as another’s', async () => {
    await expect(decryptAtRest(key, 'user:2', await encrypt())).rejects.toThrow('belongs to another owner');
  });
});
